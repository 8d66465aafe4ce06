"""The upload control knows, for whatever kind of file, which names its request carries."""

import re

from infra.services import ROOT
from services.kernel.documents import Owner

_NAMES = re.compile(r"const NAMES = \{(.*)\};")


def test_every_owner_of_a_file_has_its_names() -> None:
    """Nothing could be sent of an owner that is missing."""
    found = _NAMES.search((ROOT / "web" / "src" / "upload" / "upload.js").read_text(encoding="utf-8"))
    assert found is not None
    named = {name for name, _ in re.findall(r"(\w+): (\[[^\]]*\])", found[1])}
    assert named == {owner.value for owner in Owner}
