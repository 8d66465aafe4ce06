"""Write docs/cost.md: `python -m infra.cost`."""

from infra.cost.page import PAGE, render

PAGE.write_text(render())
print(render())
