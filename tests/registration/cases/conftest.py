from tests.registration.listed import portal

__all__ = ["portal"]
