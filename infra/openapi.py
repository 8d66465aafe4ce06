"""Write each service's OpenAPI description beside its code: `python -m infra.openapi` (`make openapi`).

The committed file is what callers were promised; a test compares it with what the routes say.
"""

import importlib
import json
from pathlib import Path

from infra.services import ROOT, SERVICES, Service
from services.kernel.web import openapi
from services.kernel.web.http import Api


def path_of(service: Service) -> Path:
    """Where a service's description is kept."""
    return ROOT / "services" / service.name / "openapi.json"


def text_of(service: Service) -> str:
    """What a service's routes say, as the committed file spells it."""
    module = importlib.import_module(f"services.{service.name}.app")
    api: Api = module.api
    return json.dumps(openapi.describe(service.name, api.routes), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write all of them."""
    for service in SERVICES:
        path_of(service).write_text(text_of(service))


if __name__ == "__main__":
    main()
