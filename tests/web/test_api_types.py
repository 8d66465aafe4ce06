"""The types that scripts are checked with say what the services' OpenAPI documents say."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from infra.services import SERVICES
from web.api_types import APIS, UnknownSchemaError, declared
from web.packages import package, program

READ = {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Person"}}}}}}
WRITTEN = {"responses": {"2XX": {"description": "ok"}}}
PERSON: dict[str, Any] = {
    "type": "object",
    "required": ["v", "state", "born", "files"],
    "properties": {
        "v": {"type": "integer"},
        "state": {"enum": ["DRAF", "TERDAFTAR"], "type": "string"},
        "born": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
        "files": {"type": "array", "items": {"$ref": "#/components/schemas/File"}},
        "owner": {"type": "boolean", "default": False},
        "counts": {"type": "object", "additionalProperties": {"type": "number"}},
    },
}


def document(**schemas: object) -> dict[str, Any]:
    return {"components": {"schemas": schemas}, "paths": {"/registration/me": {"get": READ, "put": WRITTEN}}}


def test_a_schema_is_a_type_and_an_operation_says_which_it_answers() -> None:
    made = declared({"registration": document(Person=PERSON, File={"type": "object", "properties": {}})})
    assert (
        'type Person = { "v": number; "state": "DRAF" | "TERDAFTAR"; "born": string | null; '
        '"files": (File)[]; "owner": boolean; "counts"?: Record<string, number> };'
    ) in made
    assert '"GET registration/me": registration.Person;' in made
    assert "PUT" not in made, "it does not say what it answers"


def test_a_schema_that_is_not_understood_stops() -> None:
    with pytest.raises(UnknownSchemaError, match="prefixItems"):
        declared({"registration": document(Pair={"type": "array", "prefixItems": []})})


def test_every_service_is_asked() -> None:
    assert {service.name for service in SERVICES} == set(APIS)


@pytest.mark.parametrize(("member", "wrong"), [("v", False), ("version", True)])
def test_a_script_that_reads_what_nobody_sends_is_refused(tmp_path: Path, member: str, *, wrong: bool) -> None:
    types = declared({"registration": document(Person=PERSON, File={"type": "object", "properties": {}})})
    (tmp_path / "answers.d.ts").write_text(types)
    (tmp_path / "page.js").write_text(
        f'/** @param {{Answer<"GET registration/me">}} me */\nconst read = (me) => me.{member};'
    )
    options = {"checkJs": True, "strict": True, "noEmit": True, "types": [], "lib": ["es2022"]}
    (tmp_path / "jsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["*"]}))
    command = [program("node"), str(package("typescript") / "bin" / "tsc"), "-p", str(tmp_path / "jsconfig.json")]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ("'version' does not exist" in told.stdout) == wrong == bool(told.returncode)
