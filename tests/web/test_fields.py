"""The forms ask for what the services take."""

from services.kernel.documents import RULES
from services.registration.dossiers.histories import HistoryFields
from services.registration.rows.columns import COLUMNS, FIRST_APPOINTMENT
from services.registration.rows.row_body import RowBody
from tests.web.conftest import Site, Tags
from web.site.choices import formats
from web.site.fields import FIELDS, HISTORY, PERSON_SECTIONS, REQUIRED


def test_one_person_by_hand_is_a_row_of_the_template() -> None:
    asked = [name for names in PERSON_SECTIONS.values() for name in names]
    assert sorted(asked) == sorted(column.key for column in COLUMNS)
    assert {column.key for column in COLUMNS if column.required} == REQUIRED


def test_a_history_row_has_the_fields_of_an_appointment() -> None:
    assert set(HISTORY) == {*FIRST_APPOINTMENT, "instansi"}


def test_what_is_sent_is_what_is_asked_for() -> None:
    assert list(RowBody.model_fields) == [column.key for column in COLUMNS]
    assert set(HistoryFields.model_fields) == set(HISTORY)


def test_every_choice_has_words_in_both_languages() -> None:
    lists = {shape.options for shape in FIELDS.values() if shape.options}
    for language in ("id", "en"):
        assert lists <= set(formats(language))
        assert all(word for choices in formats(language).values() for word in choices.values())


def test_upload_controls_know_the_limits(site: Site) -> None:
    tags = Tags(site.file("/pendataan/biodata/").read_text("utf-8"))
    shown = {a["data-upload"]: a for _, a in tags.found if "data-upload" in a}
    for jenis, rule in RULES.items():
        if jenis in shown:
            assert int(shown[jenis]["data-most"]) == rule.most
            assert shown[jenis]["data-types"].split() == list(rule.formats)
