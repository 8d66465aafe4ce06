"""The command.

python -m pendataan_verify list --list index.json --seal segel.json [--root …] [--key kunci.pem]
python -m pendataan_verify proof bukti.json [--root …] [--key kunci.pem]

Exit status: 0 everything that can be checked is the same, 1 something differs, 2 a file cannot be used.
"""

import argparse
import gzip
import json
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pendataan_verify.findings import Findings, UnreadableError
from pendataan_verify.inclusion import check_proof
from pendataan_verify.public_list import check_list

SAME, DIFFERENT, UNUSABLE = 0, 1, 2
_GZIP = b"\x1f\x8b"  # RFC 1952, section 2.3.1


def main(arguments: Sequence[str]) -> int:
    """Check what the arguments name, say what was found, and return the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        findings = _check(asked)
    except UnreadableError as unreadable:
        sys.stderr.write(f"{unreadable}\n")
        return UNUSABLE
    except (KeyError, TypeError, ValueError, AttributeError):
        sys.stderr.write("Isi berkas rusak atau bukan berkas dari portal. Unduh ulang, lalu periksa lagi.\n")
        return UNUSABLE
    sys.stdout.writelines(f"  ok   {sentence}\n" for sentence in findings.held)
    sys.stdout.writelines(f"  ?    {sentence}\n" for sentence in findings.unknown)
    sys.stdout.writelines(f"  BEDA {sentence}\n" for sentence in findings.broken)
    sys.stdout.write(f"{findings.verdict}\n")
    return DIFFERENT if findings.broken else SAME


def run() -> None:
    """The command."""
    sys.exit(main(sys.argv[1:]))


def _check(asked: argparse.Namespace) -> Findings:
    pem = None if asked.key is None else _bytes(asked.key)
    if asked.what == "list":
        return check_list(_json(asked.list), _json(asked.seal), asked.root, pem)
    return check_proof(_json(asked.proof), asked.root, pem)


def _json(path: str) -> dict[str, Any]:
    try:
        found = json.loads(_bytes(path))
    except ValueError:
        raise UnreadableError(f"{path} bukan JSON. Simpan ulang dari portal.") from None
    if not isinstance(found, dict):
        raise UnreadableError(f"{path} bukan berkas dari portal. Simpan ulang dari portal.")
    return found


def _bytes(path: str) -> bytes:
    try:
        content = Path(path).read_bytes()
        # The portal sends its lists packed; a browser unpacks them, curl without --compressed does not.
        return gzip.decompress(content) if content.startswith(_GZIP) else content
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(f"{path} tidak dapat dibaca: {getattr(error, 'strerror', None) or error}.") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pendataan_verify", description="Memeriksa daftar final atau bukti seseorang terhadap segelnya."
    )
    ways = parser.add_subparsers(dest="what", required=True)
    the_list = ways.add_parser("list", help="apakah daftar yang diumumkan adalah daftar yang disegel")
    the_list.add_argument("--list", required=True, help="index.json dari halaman pengumuman")
    the_list.add_argument("--seal", required=True, help="segel.json dari halaman pengumuman")
    the_proof = ways.add_parser("proof", help="apakah seseorang termasuk dalam segel")
    the_proof.add_argument("proof", help="bukti-….json yang diunduh orang itu")
    for way in (the_list, the_proof):
        way.add_argument("--root", help="akar yang tercetak pada SPTJM; spasi boleh")
        way.add_argument("--key", help="kunci publik segel, /segel/kunci.pem")
    return parser


if __name__ == "__main__":
    run()
