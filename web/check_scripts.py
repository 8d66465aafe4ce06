"""Check the types of the scripts as their comments say them: tsc, strict (jsconfig.json). Run as `python -m`."""

import subprocess
import sys

from web import api_types
from web.packages import HERE, package, program


def main() -> int:
    """The compiler's exit code; what it finds it prints itself."""
    api_types.write()
    compiler = package("typescript") / "bin" / "tsc"
    command = [program("node"), str(compiler), "--noEmit", "-p", str(HERE / "jsconfig.json")]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own words


if __name__ == "__main__":
    sys.exit(main())
