"""The same file twice is the same copy: by its hash registration finds that a file was sent for several people."""

from collections.abc import Callable

import pytest

from services.documents.inspection.inspect_file import inspect
from services.kernel.documents import DocumentType
from tools.sample import files, people
from tools.sample.files import Person


@pytest.mark.parametrize(("jenis", "make"), [(DocumentType.KTP, files.ktp_jpg), (DocumentType.SK, files.sk_pdf)])
def test_the_same_file_is_the_same_copy_and_another_one_is_not(
    jenis: DocumentType, make: Callable[[Person], bytes]
) -> None:
    one, other = people.person(1), people.person(2)
    first, again, another = (inspect(jenis, make(person)) for person in (one, one, other))
    assert first.accepted
    assert first.sha256 == again.sha256 != another.sha256
