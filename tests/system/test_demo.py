"""The whole census in small by HTTP, as `make demo` plays it, and what is left of it after a stop and a start."""

from infra.local import seed
from infra.local.client import Visitor
from infra.local.demo.report import Report
from infra.local.demo.script import play
from tests.support.portal import Portal

DEMO_CODE = "9910"
"""The first institution the demo opens on a fresh portal."""


def test_the_demo_finds_everything_so_and_a_restart_keeps_it(portal: Portal) -> None:
    report = Report()
    play(portal.base_url, report)
    assert report.steps >= 15
    assert report.checks >= 45
    portal.wait_idle()
    assert portal.dead_letters() == []

    before, clock, told = memory(portal), portal.now(), len(portal.announced)
    assert portal.stop() == 0
    portal.start()
    after = memory(portal)
    for what, was in before.items():
        assert after[what] == was, what
    assert portal.now() > clock
    assert portal.announced[told:] == [], "the seed was sown again"
    portal.wait_idle()
    assert portal.dead_letters() == []


def memory(portal: Portal) -> dict[str, object]:
    """What must be the same afterwards: roster, round, public page, and the sign-ins to ask for them."""
    bkn = Visitor(portal.base_url)
    bkn.sign_in_staff(seed.BKN_LOGIN, seed.PASSWORD)
    anybody = Visitor(portal.base_url)
    overview = bkn.get(f"/api/finalization/institutions/{DEMO_CODE}")
    overview.pop("now")
    return {
        "institutions": bkn.get("/api/finalization/institutions")["items"],
        "round": overview,
        "roster": bkn.get(f"/api/registration/institutions/{DEMO_CODE}/people?limit=50"),
        "list": anybody.send("GET", f"/pengumuman/{DEMO_CODE}/", expect=200).content,
    }
