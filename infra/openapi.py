"""Write each service's OpenAPI description beside its code: `python -m infra.openapi` (`make openapi`).

The committed file is what callers were promised; a test compares it with what the routes say.
"""

import importlib
import json
from pathlib import Path

from infra.houses import HOUSES, ROOT, House
from services.kernel.web import openapi
from services.kernel.web.http import Api


def path_of(house: House) -> Path:
    """Where a service's description is kept."""
    return ROOT / "services" / house.name / "openapi.json"


def text_of(house: House) -> str:
    """What a service's routes say, as the committed file spells it."""
    module = importlib.import_module(f"services.{house.name}.app")
    api: Api = module.api
    return json.dumps(openapi.describe(house.name, api.routes), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write all of them."""
    for house in HOUSES:
        path_of(house).write_text(text_of(house))


if __name__ == "__main__":
    main()
