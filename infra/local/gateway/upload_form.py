"""Reads an upload form (multipart/form-data) as it arrives, never more of it than its policy allows.

The form is kept on disk beyond a megabyte, byte for byte, to be passed on as it was signed.
"""

import tempfile
from collections.abc import Callable
from typing import IO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from infra.local.gateway.answers import Body
from infra.local.gateway.post_policy import Allowed, Refused, check_size

_CHUNK = 64 * 1024
_IN_MEMORY = 1024 * 1024
_FIELDS_LIMIT = 20 * 1024
"""Bytes of everything but the file; S3's limit."""

Judge = Callable[[dict[str, str]], Allowed]


class UploadForm:
    """Collects the fields before the file, has them judged, then counts the file's bytes."""

    def __init__(self, content_type: str, judge: Judge) -> None:
        """`judge` is called once, when the file begins.

        Raises:
            Refused: not a multipart form.
        """
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or b"boundary" not in options:
            raise Refused(412, "PreconditionFailed", "Bucket POST must be of the enclosure-type multipart/form-data")
        self._judge = judge
        self._fields: dict[str, str] = {}
        self._headers: dict[str, bytes] = {}
        self._header_name, self._header_value, self._value = b"", b"", bytearray()
        self._name, self._filename = "", ""
        self._allowed: Allowed | None = None
        self._size, self._files, self._field_bytes = 0, 0, 0
        self._parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": self._begin_part,
                "on_header_field": self._on_header_field,
                "on_header_value": self._on_header_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._end_headers,
                "on_part_data": self._on_data,
                "on_part_end": self._end_part,
            },
        )

    def read(self, body: Body, length: int) -> IO[bytes]:
        """Read the whole form and return it, rewound.

        Raises:
            Refused: as S3 would answer; part of the body is then still on the wire.
        """
        kept: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller closes it
        try:
            self._copy(body, length, kept)
        except Refused:
            kept.close()
            raise
        kept.seek(0)
        return kept

    def _copy(self, body: Body, length: int, kept: IO[bytes]) -> None:
        left = length
        try:
            while left > 0 and (chunk := body.read(min(_CHUNK, left))):
                left -= len(chunk)
                kept.write(chunk)
                self._parser.write(chunk)
            self._parser.finalize()
        except FormParserError as malformed:
            text = "The body of your POST request is not well-formed multipart/form-data."
            raise Refused(400, "MalformedPOSTRequest", text) from malformed
        if self._files != 1 or self._allowed is None:
            raise Refused(400, "InvalidArgument", "POST requires exactly one file upload per request.")
        check_size(self._size, self._allowed, complete=True)

    def _begin_part(self) -> None:
        self._headers = {}
        self._value = bytearray()

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _end_header(self) -> None:
        self._headers[self._header_name.decode("latin-1").lower()] = self._header_value
        self._header_name = self._header_value = b""

    def _end_headers(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        self._name = options.get(b"name", b"").decode().lower()
        if self._name == "file":
            self._files += 1
            filename = options.get(b"filename", b"").decode("utf-8", "replace")
            if "key" in self._fields:
                self._fields["key"] = self._fields["key"].replace("${filename}", filename)
            self._allowed = self._judge(self._fields)

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if self._name == "file" and self._allowed is not None:
            self._size += end - start
            check_size(self._size, self._allowed, complete=False)
            return
        self._field_bytes += end - start
        if self._field_bytes > _FIELDS_LIMIT:
            text = "Your POST request fields preceding the upload file were too large."
            raise Refused(400, "MaxPostPreDataLengthExceeded", text)
        self._value += data[start:end]

    def _end_part(self) -> None:
        if self._name != "file" and self._allowed is None:  # fields after the file do not count
            self._fields[self._name] = self._value.decode("utf-8", "replace")
