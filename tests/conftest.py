"""Fixtures every test folder may use."""

pytest_plugins = ["tests.aws", "tests.cloud"]
