"""The page a record is decided on: what is offered, why something is not, and which verdicts ask for a reason."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Apis
from tests.web.test_staff_person import PERSON
from tools.sample.verdicts import CRITERIA

DECIDING = {
    "returnable": True, "return_until": "2022-10-19T17:00:00+07:00", "decidable_from": None, "papers_missing": [],
    "waived_until": None, "withdrawable_until": None, "standing": [], "resting": [], "second": None,
}  # fmt: skip
SAVE = "Simpan putusan"
PATH = "registration/institutions/9901/people/p1"
EMPLOYMENT = ["PEMBAYARAN", "PENGANGKATAN", "MASA_KERJA"]
KTP_MISSING = {"papers_missing": [{"code": "KTP", "text": "Berkas KTP belum diunggah.", "criteria": ["USIA"]}]}
SK_SHUT = {"resting": [{"file": "p1.SK.1", "criteria": EMPLOYMENT}]}


@pytest.fixture
def verifier(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "verifikator", "name": "Petugas"})
    return page


def advised(**advice: str) -> dict[str, Any]:
    """The advice: LOLOS on everything that is not said otherwise."""
    each = {**dict.fromkeys(CRITERIA, "LOLOS"), **advice}
    worst = next((one for one in ("TIDAK", "PERLU_DITINJAU") if one in each.values()), "LOLOS")
    criteria = [
        {"criterion": name, "advice": said, "article": "Surat", "sentence": f"Kalimat {name}.", "inputs": {}}
        for name, said in each.items()
    ]
    return {"advice": {"overall": worst, "rule_version": "x", "criteria": criteria}}


def opened(page: Page, apis: Apis, deciding: dict[str, Any] | None = None, **changes: object) -> tuple[bool, bool]:
    """Open the page; whether verdicts, and whether a return, are offered."""
    answer = {**PERSON, **advised(), "deciding": {**DECIDING, **(deciding or {})}, **changes}
    apis.answers[f"GET {PATH}"] = (200, answer)
    page.goto("/instansi/orang/putusan/?id=p1")
    expect(page.locator("#person")).to_be_visible()
    return page.locator("#form").is_visible(), page.locator("#return").is_visible()


@pytest.mark.parametrize(
    ("state", "returnable", "offered"),
    [
        ("TERDAFTAR", True, (True, False)),
        ("TERDAFTAR", False, (True, False)),
        ("AKUN_DIBUAT", True, (True, False)),
        ("DIAJUKAN", True, (True, True)),
        ("DIAJUKAN", False, (True, False)),
        ("DIKEMBALIKAN", True, (True, False)),
        ("MEMENUHI_SYARAT", True, (False, True)),
        ("MEMENUHI_SYARAT", False, (False, False)),
        ("TIDAK_MEMENUHI_SYARAT", True, (False, True)),
    ],
)
def test_a_return_is_offered_while_the_person_can_answer_it(
    verifier: Page, apis: Apis, state: str, returnable: bool, offered: tuple[bool, bool]
) -> None:
    assert opened(verifier, apis, {"returnable": returnable}, state=state) == offered
    too_late = state in {"DIAJUKAN", "MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"} and not returnable
    expect(verifier.locator("#no-return")).to_be_visible(visible=too_late)
    if too_late:
        expect(verifier.locator("#no-return")).to_contain_text("sampai 19 Oktober 2022 pukul 17.00 WIB")
        expect(verifier.locator("#no-return")).to_contain_text("minta BKN memperpanjang")
    expect(verifier.locator("#no-decision")).to_be_hidden()


def test_a_returned_record_waits_for_its_answer(verifier: Page, apis: Apis) -> None:
    waits = {"decidable_from": "2022-10-22T17:00:00+07:00"}
    assert opened(verifier, apis, waits, state="DIKEMBALIKAN") == (False, False)
    expect(verifier.locator("#not-yet")).to_contain_text("mulai 22 Oktober 2022 pukul 17.00 WIB")


@pytest.mark.parametrize(("whose", "told"), [("entered_by_me", "#own"), ("entered_by_sponsor", "#sponsor")])
@pytest.mark.parametrize("waived", [None, "2022-10-22T17:00:00+07:00"])
def test_whose_work_it_is_decides_under_a_waiver_alone(
    verifier: Page, apis: Apis, whose: str, told: str, waived: str | None
) -> None:
    assert opened(verifier, apis, {"waived_until": waived}, **{whose: True}) == (bool(waived), bool(waived))
    expect(verifier.locator(told)).to_be_visible(visible=not waived)
    expect(verifier.locator("#waived")).to_be_visible(visible=bool(waived))
    for other in ("#no-return", "#not-yet", "#no-decision"):
        expect(verifier.locator(other)).to_be_hidden()


def test_on_his_own_record_there_is_nothing_to_decide(verifier: Page, apis: Apis) -> None:
    assert opened(verifier, apis, own_record=True) == (False, False)
    expect(verifier.get_by_text("Ini data Anda sendiri")).to_be_visible()


def test_a_state_without_decisions_says_so(verifier: Page, apis: Apis) -> None:
    assert opened(verifier, apis, state="KONFLIK") == (False, False)
    expect(verifier.locator("#no-decision")).to_be_visible()


@pytest.mark.parametrize(
    ("advice", "deciding", "chosen"),
    [({}, {}, 6), ({}, KTP_MISSING, 0), ({"USIA": "PERLU_DITINJAU"}, {}, 0), ({"USIA": "TIDAK"}, {}, 0)],
)
def test_nothing_is_chosen_beforehand_but_on_a_plain_record(
    verifier: Page, apis: Apis, advice: dict[str, str], deciding: dict[str, Any], chosen: int
) -> None:
    opened(verifier, apis, deciding, **advised(**advice))
    expect(verifier.locator("#form input:checked")).to_have_count(chosen)
    expect(verifier.locator("#papers")).to_be_visible(visible=bool(deciding))


def test_a_plain_record_is_saved_at_once(verifier: Page, apis: Apis) -> None:
    opened(verifier, apis)
    apis.answers[f"POST {PATH}/verdicts"] = (200, {"v": 4, "state": "MEMENUHI_SYARAT"})
    verifier.get_by_role("button", name=SAVE).click()
    expect(verifier.locator("#saved")).to_be_visible()
    bare = [{"criterion": each, "verdict": "LOLOS", "reason_code": None, "text": None} for each in CRITERIA]
    assert apis.sent(f"POST {PATH}/verdicts") == [{"v": 3, "criteria": bare, "opened": []}]


@pytest.mark.parametrize(
    ("advice", "deciding", "verdict", "said"),
    [
        ("LOLOS", {}, "TIDAK", "berbeda dari saran"),
        ("LOLOS", KTP_MISSING, "LOLOS", "Ada berkas yang belum diterima"),
        ("LOLOS", {"resting": [{"file": "p1.KTP.1", "criteria": ["USIA"]}]}, "LOLOS", "belum Anda buka"),
        ("PERLU_DITINJAU", {}, "LOLOS", "masih perlu ditinjau"),
        ("PERLU_DITINJAU", {}, "TIDAK", "Pilih alasan untuk kriteria Usia"),
        ("TIDAK", {}, "LOLOS", "berbeda dari saran"),
        ("TIDAK", KTP_MISSING, "TIDAK", None),
    ],
)
def test_a_reason_is_asked_for_with_its_cause(
    verifier: Page, apis: Apis, advice: str, deciding: dict[str, Any], verdict: str, said: str | None
) -> None:
    opened(verifier, apis, deciding, **advised(USIA=advice))
    apis.answers[f"POST {PATH}/verdicts"] = (200, {"v": 4, "state": "MEMENUHI_SYARAT"})
    for criterion in CRITERIA:
        chosen = verdict if criterion == "USIA" else "LOLOS"
        verifier.locator(f"[name='criteria.{criterion}'][value={chosen}]").check()
    verifier.get_by_role("button", name=SAVE).click()
    if said is not None:
        expect(verifier.locator("#errors")).to_contain_text(said)
        assert apis.bodies(f"POST {PATH}/verdicts") == []
        why = verifier.locator("[data-criterion=USIA]")
        why.locator("select").select_option("LAINNYA")
        verifier.get_by_role("button", name=SAVE).click()
        expect(verifier.locator("#errors")).to_contain_text("Tulis alasan untuk kriteria Usia")
        why.locator("textarea").fill("KTP asli dilihat.")
        verifier.get_by_role("button", name=SAVE).click()
    expect(verifier.locator("#saved")).to_be_visible()
    (sent,) = apis.sent(f"POST {PATH}/verdicts")
    (age,) = [one for one in sent["criteria"] if one["criterion"] == "USIA"]
    assert (age["verdict"], age["text"]) == (verdict, "KTP asli dilihat." if said else None)


def test_only_reasons_that_fit_the_verdict_are_offered(verifier: Page, apis: Apis) -> None:
    opened(verifier, apis, KTP_MISSING)
    age = verifier.locator("[data-criterion=USIA]")
    for verdict, fitting in (("LOLOS", "ASLI_DIPERIKSA"), ("TIDAK", "DI_LUAR_USIA")):
        age.locator(f"[value={verdict}]").check()
        offered = age.locator("option:not([hidden])").evaluate_all("each => each.map((one) => one.value)")
        assert fitting in offered
        assert len({"ASLI_DIPERIKSA", "DI_LUAR_USIA"} & set(offered)) == 1


def test_a_criterion_without_a_verdict_is_asked_for_unless_one_stands(verifier: Page, apis: Apis) -> None:
    stands = [{"criterion": each, "verdict": "LOLOS"} for each in CRITERIA if each != "MASA_KERJA"]
    opened(verifier, apis, {"standing": stands}, **advised(MASA_KERJA="PERLU_DITINJAU"))
    expect(verifier.locator("[data-standing]:visible")).to_have_count(5)
    verifier.get_by_role("button", name=SAVE).click()
    assert verifier.locator("#errors li").all_inner_texts() == [
        "Putuskan kriteria Masa kerja: sesuai atau tidak sesuai."
    ]


def test_a_return_names_what_to_mend(verifier: Page, apis: Apis) -> None:
    opened(verifier, apis)
    apis.answers[f"POST {PATH}/returns"] = (200, {"v": 4, "state": "DIKEMBALIKAN"})
    verifier.locator("#return summary").click()
    verifier.get_by_label("Berkas SK atau kontrak").check()
    verifier.get_by_label("Riwayat pekerjaan").check()
    verifier.locator("#return-form [name=reason]").fill("SK buram.")
    verifier.get_by_role("button", name="Kembalikan").click()
    expect(verifier.locator("#saved")).to_be_visible()
    assert apis.sent(f"POST {PATH}/returns") == [{"v": 3, "reason": "SK buram.", "mend": ["RIWAYAT", "SK"]}]


def test_ones_own_verdict_is_taken_back(verifier: Page, apis: Apis) -> None:
    opened(verifier, apis, {"withdrawable_until": "2022-10-01T09:10:00+07:00"}, state="MEMENUHI_SYARAT")
    expect(verifier.locator("#withdraw")).to_contain_text("sampai 1 Oktober 2022 pukul 09.10 WIB")
    apis.answers[f"POST {PATH}/verdicts/withdrawal"] = (200, {"v": 4, "state": "DIAJUKAN"})
    verifier.get_by_role("button", name="Tarik putusan").click()
    expect(verifier.locator("#saved")).to_be_visible()
    assert apis.sent(f"POST {PATH}/verdicts/withdrawal") == [{"v": 3}]
