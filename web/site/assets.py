"""Files under /aset/: content in the name, so that they may be cached for ever.

Each is written under its plain name too, for pages that are made at run time and know no hashes.
"""

import hashlib
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from web.packages import HERE
from web.site.styles import later, stylesheet

_COMMENT = re.compile(
    r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n|/\*\* @type [^*]*\*/ ?", re.DOTALL | re.MULTILINE
)
"""Comments on lines of their own, and type notes inside a line; both are for whoever reads the source."""
_IMPORT = re.compile(r'(from\s+|import\s*\(?\s*|new URL\()"(\.{1,2}/[^"]+\.js)"')


@dataclass
class Assets:
    """What was written: addresses by plain name, the scripts each script brings along, and what stands in each.

    `imports` come with the script, `later` only when it asks for them.
    """

    urls: dict[str, str] = field(default_factory=dict)
    imports: dict[str, tuple[str, ...]] = field(default_factory=dict)
    later: dict[str, tuple[str, ...]] = field(default_factory=dict)
    scripts: dict[str, str] = field(default_factory=dict)


def write_assets(out: Path) -> Assets:
    """Write style sheet, pictures and scripts into `out`/aset and tell their addresses."""
    folder = out / "aset"
    assets = Assets()
    for name, sheet in (("situs.css", stylesheet()), *later()):
        _write(folder, name, sheet, assets)
    for picture in sorted((HERE / "static").iterdir()):
        _write(folder, picture.name, picture.read_text("utf-8"), assets)
    source = HERE / "src"
    for script in sorted(source.rglob("*.js")):
        _script(folder, source, script, assets)
    return assets


def _script(folder: Path, source: Path, script: Path, assets: Assets) -> None:
    """Write one script after those it imports, with their hashed names in its import lines."""
    name = script.relative_to(source).as_posix()
    if name in assets.urls:
        return
    text = _light(script.read_text("utf-8"))
    targets: list[str] = []
    later: list[str] = []

    def rewritten(found: re.Match[str]) -> str:
        target = (script.parent / found[2]).resolve()
        _script(folder, source, target, assets)
        plain = target.relative_to(source.resolve()).as_posix()
        if "URL" not in found[1]:  # a worker's script is fetched by the worker, not by the page
            (later if "(" in found[1] else targets).append(plain)
        return f'{found[1]}"{assets.urls[plain]}"'

    hashed = _IMPORT.sub(rewritten, text)
    assets.imports[name] = _all_of(targets, assets)
    assets.later[name] = _all_of(later, assets)
    assets.scripts[name] = hashed
    _write(folder, name, hashed, assets)


def _all_of(scripts: list[str], assets: Assets) -> tuple[str, ...]:
    """Scripts with all that they bring along, each once."""
    return tuple(dict.fromkeys(each for script in scripts for each in (script, *assets.imports[script])))


def _light(text: str) -> str:
    """A script without comments and indentation: a third less to fetch, and still readable."""
    return re.sub(r"^[ \t]+|\n(?=\n)", "", _COMMENT.sub("", text), flags=re.MULTILINE)


def _write(folder: Path, name: str, text: str, assets: Assets) -> None:
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    plain = Path(name)
    unique = f"{plain.stem}.{digest}{plain.suffix}"  # no folder, which every import line would carry
    for each in (name, unique):
        target = folder / each
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    assets.urls[name] = f"/aset/{unique}"


def clear(out: Path) -> None:
    """Empty the output folder."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
