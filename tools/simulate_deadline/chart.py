"""A line chart as SVG: title and description for who cannot see it, lines told apart by dashes as well as by colour."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 150, 50, 56
_STYLES = (("#1d4f91", ""), ("#b3261e", "7 4"), ("#2b6e3f", "2 4"), ("#7a4b00", "10 3 2 3"))
"""Colour and dashes by line; each colour has at least 4.5 : 1 against white."""
_APART, _LABEL = 15.0, 140.0
"""Pixels between two labels at least, and how long one may be."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """Points in the order of x, with the name written at its end; a `wide` one shows others that run along with it."""

    name: str
    points: Sequence[Point]
    wide: bool = False


@dataclass(frozen=True)
class Axis:
    """`ticks` are values with their text; they span the axis. `scale` spreads values, for instance `math.log10`."""

    name: str
    ticks: Sequence[tuple[float, str]]
    scale: Callable[[float], float] = float

    def share(self, value: float) -> float:
        """Where on the axis a value lies, from 0 to 1; what lies beyond is drawn at the end."""
        first, last = self.scale(self.ticks[0][0]), self.scale(self.ticks[-1][0])
        return min(1.0, max(0.0, (self.scale(value) - first) / (last - first)))


@dataclass(frozen=True)
class Chart:
    """`marks` are instants or values of x worth a vertical line, `limits` values of y worth a horizontal one."""

    title: str
    description: str
    x: Axis
    y: Axis
    lines: Sequence[Line]
    marks: Sequence[tuple[float, str]] = field(default=())
    limits: Sequence[tuple[float, str]] = field(default=())

    def svg(self) -> str:
        """The picture."""
        parts = [*self._grid(), *self._marks(), *self._drawn(), *self._labels()]
        body = "\n".join(parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
            f' role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13">\n'
            f'<title id="title">{escape(self.title)}</title>\n<desc id="desc">{escape(self.description)}</desc>\n'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n'
            f"{_text(_LEFT, 24, self.title, size=16, weight='600')}\n{body}\n</svg>\n"
        )

    def _at(self, point: Point) -> Point:
        x = _LEFT + self.x.share(point[0]) * (WIDTH - _LEFT - _RIGHT)
        return x, HEIGHT - _BOTTOM - self.y.share(point[1]) * (HEIGHT - _TOP - _BOTTOM)

    def _grid(self) -> list[str]:
        left, bottom, right = _LEFT, HEIGHT - _BOTTOM, WIDTH - _RIGHT
        drawn = []
        for value, text in self.y.ticks:
            _, y = self._at((self.x.ticks[0][0], value))
            drawn += [_rule(left, y, right, y, "#d8dce0"), _text(left - 8, y + 4, text, anchor="end")]
        for value, text in self.x.ticks:
            x, _ = self._at((value, 0))
            drawn += [_rule(x, bottom, x, bottom + 5, "#505a5f"), _text(x, bottom + 20, text, anchor="middle")]
        drawn.append(_text((left + right) / 2, HEIGHT - 12, self.x.name, anchor="middle"))
        return [*drawn, _rule(left, bottom, right, bottom, "#505a5f"), _text(left, _TOP - 10, self.y.name)]

    def _marks(self) -> list[str]:
        drawn = []
        for value, text in self.marks:
            x, _ = self._at((value, 0))
            drawn += [_rule(x, _TOP, x, HEIGHT - _BOTTOM, "#505a5f"), _text(x - 6, _TOP + 12, text, anchor="end")]
        for value, text in self.limits:
            _, y = self._at((0, value)) if self.x.scale is float else self._at((self.x.ticks[0][0], value))
            drawn += [_rule(_LEFT, y, WIDTH - _RIGHT, y, "#505a5f"), _text(_LEFT + 6, y - 5, text)]
        return drawn

    def _drawn(self) -> list[str]:
        drawn = []
        for line, (colour, dashes) in zip(self.lines, _STYLES, strict=False):
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(self._at, line.points))
            dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
            width = "8" if line.wide else "2.5"
            faint = ' stroke-opacity="0.35"' if line.wide else ""
            look = f'fill="none" stroke="{colour}" stroke-width="{width}"{faint}{dashed}'
            drawn.append(f'<polyline points="{points}" {look}/>')
        return drawn

    def _labels(self) -> list[str]:
        """Each line's name at its end, moved up where two would lie on each other."""
        styles = zip(self.lines, _STYLES, strict=False)
        ends = sorted((*self._at(line.points[-1]), line.name, colour) for line, (colour, _) in styles)
        drawn, before = [], (0.0, 0.0)
        for x, y, name, colour in sorted(ends, key=lambda end: -end[1]):
            beside = abs(x - before[0]) < _LABEL
            before = x, min(y + 4, before[1] - _APART) if beside else y + 4
            drawn.append(_text(before[0] + 8, before[1], name, fill=colour, weight="600"))
        return drawn


def _rule(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", size: int = 13, fill: str = "#1d1d1d", weight: str = "400"
) -> str:
    look = f'text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" fill="{fill}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(text)}</text>'
