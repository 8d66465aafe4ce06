"""What a calendar would do is told before it is set, and nothing is written."""

from datetime import timedelta

from tests.finalization.calendar.helpers import closing, deliver, preview, put
from tests.finalization.world import CLOSES, CODE, NOON, World

DAY = timedelta(days=1)
LATER = closing(VERIFICATION=CLOSES + DAY)


def test_what_changes_and_what_happens_when(world: World) -> None:
    with world.nothing_changes():
        answer = preview(world, LATER, 0)
    assert answer.status == 200
    assert set(answer.json) == {"now", "changes", "timeline", "institutions"}
    (change,) = answer.json["changes"]
    opens = "2022-08-24T00:00:00+07:00"
    assert change == {
        "window": "VERIFICATION",
        "from": {"opens": opens, "closes": "2022-10-31T17:00:00+07:00"},
        "to": {"opens": opens, "closes": "2022-11-01T17:00:00+07:00"},
    }
    told = [(event["at"], event["window"], event["event"]) for event in answer.json["timeline"]]
    assert told[:4] == [(opens, name, "opens") for name in ("ENTRY", "DOSSIER", "CORRECTION", "VERIFICATION")]
    assert told[4:] == [
        ("2022-10-01T00:00:00+07:00", "ENTRY", "closes"),
        ("2022-10-01T00:00:45+07:00", None, "prefinal"),
        ("2022-10-22T17:00:00+07:00", "DOSSIER", "closes"),
        ("2022-10-22T17:00:00+07:00", "CORRECTION", "closes"),
        ("2022-11-01T17:00:00+07:00", "VERIFICATION", "closes"),
        ("2022-11-01T17:00:45+07:00", None, "lock"),
    ]


def test_how_many_it_is_about(sealed: World) -> None:
    """9901 is locked; one was extended beyond it, one less far, one has put up its list, one follows."""
    sealed.cloud.at(NOON + DAY)
    for code in ("9902", "9903", "9904", "9905"):
        sealed.open(code, size=1)
    letter = {"number": "1", "date": "2022-08-30"}
    for code, days in (("9902", 2), ("9903", 1)):
        windows = {"VERIFICATION": (CLOSES + days * DAY).isoformat()}
        sealed.call("POST", f"institutions/{code}/extensions", {"windows": windows, "letter": letter}, role="bkn")
    sealed.listed("cccc", "TERDAFTAR", institution="9904")
    sealed.call("POST", "institutions/9904/prefinalization", {}, institution="9904")
    with sealed.nothing_changes():
        told = preview(sealed, LATER).json["institutions"]
    assert told == {"affected": 2, "extended": 1, "cut": 1, "locked": 1}
    put(sealed, LATER)
    assert deliver(CODE, "9902", "9903", "9904", "9905") == []
    assert preview(sealed, closing(VERIFICATION=CLOSES + DAY)).json["institutions"]["affected"] == 0


def test_it_refuses_what_setting_would_refuse(world: World) -> None:
    assert preview(world, LATER, 1).code == "version-moved"
    assert preview(world, closing(ENTRY=CLOSES + DAY)).code == "invalid-fields"
    assert preview(world, closing(ENTRY=NOON), received=NOON).code == "invalid-fields"
    assert preview(world, closing()).json["changes"] == []
