"""Pages and services tell an instant alike: to the minute, midnight as the day that ends."""

from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import Page

from services.kernel import clock
from web.kit.render import environment
from web.site.wording import texts

ZONES = [timezone(timedelta(hours=hours)) for hours in (7, 8, 9)]
WALLS = [
    *(datetime(2022, month, 1, tzinfo=clock.WIB) for month in range(1, 13)),
    datetime(2024, 3, 1, tzinfo=clock.WIB),
    datetime(2022, 10, 1, 0, 0, 0, 1000, tzinfo=clock.WIB),
    datetime(2022, 10, 1, 0, 0, 59, tzinfo=clock.WIB),
    datetime(2022, 9, 30, 23, 59, 59, 999000, tzinfo=clock.WIB),
    datetime(2022, 10, 22, 17, tzinfo=clock.WIB),
    datetime(2022, 10, 22, 12, 30, 15, tzinfo=clock.WIB),
]
INSTANTS = [wall.replace(tzinfo=zone) for wall in WALLS for zone in ZONES]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_browser_tells_every_instant_as_the_services_do(page: Page, language: str) -> None:
    page.goto("/en/segel/" if language == "en" else "/segel/")
    page.evaluate(
        """words => {
             const block = Object.assign(document.createElement("script"), {type: "application/json", id: "texts"});
             block.textContent = JSON.stringify(words);
             document.body.append(block);
           }""",
        {"at": texts(language).script["at"]},
    )
    told = page.evaluate(
        'async all => { const { instant } = await import("/aset/core/format.js"); return all.map(instant); }',
        [each.isoformat(timespec="milliseconds") for each in INSTANTS],
    )
    made = environment().from_string("{{ at | instant }}")
    assert told == [made.render(at=each, lang=language, t=texts(language)) for each in INSTANTS]
    if language == "id":
        assert told[::3] == [clock.wib(each) for each in INSTANTS[::3]]


def test_what_begins_at_midnight_begins_its_day(page: Page) -> None:
    page.goto("/akun/")
    told = page.evaluate(
        'async at => { const { beginning } = await import("/aset/core/format.js"); return beginning(at); }',
        "2022-08-24T00:00:00+07:00",
    )
    assert told == clock.wib_from(datetime.fromisoformat("2022-08-24T00:00:00+07:00"))
