"""Every text there is: complete in both languages, without anybody's data, and short enough for an SMS."""

import re
import string
from datetime import datetime
from itertools import product

import pytest

from services.kernel.notices.catalogue import CATALOGUE, FIELDS, NoticeKind, Value
from services.kernel.notices.render import MAX_SMS, render_mail, render_sms, texts
from services.kernel.security.sessions import Role
from services.kernel.web.languages import Language
from services.kernel.web.site_pages import INVITATION, NEW_PASSWORD
from tests.kernel.notices.samples import TOKEN, VALUES, notice
from tests.support.aws import ORIGIN
from web.site.pages import PAGES

EVERY = list(product(NoticeKind, Language))
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""GSM 03.38, the basic alphabet."""
CANARIES = {
    "nik": "9901014501900001",
    "kk": "9901010101220001",
    "nip": "199001012020121001",
    "phone": "081299990001",
    "email": "kenari@contoh.example",
    "born": "01-01-1990",
}
VERDICTS = re.compile(
    r"\b(ditolak|disetujui|dikabulkan|memenuhi|tidak memenuhi|alasan|karena|refused|approved|granted|rejected|verdict|"
    r"reason|because)\b"
)
AWAITED = {"/instansi/masuk/", "/instansi/daftar/"}
"""Pages that notices lead to and that are still to be made."""
PUBLISHED = {"/pengumuman/", "/pengumuman/kontak/"}
"""Pages that announcements makes at run time."""


def whole(kind: NoticeKind, language: Language, **changed: Value) -> str:
    made = notice(kind, **changed)
    return "\n".join(
        [*render_mail(kind, made.fields, language, ORIGIN), render_sms(kind, made.fields, language, ORIGIN)]
    )


def test_every_notice_is_written_in_every_language_and_no_other_is() -> None:
    for language in Language:
        told = texts(language)
        assert told["notices"].keys() == {kind.value for kind in NoticeKind}
        assert told["roles"].keys() == {role.value for role in Role}
    assert CATALOGUE.keys() == set(NoticeKind)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_text_says_what_the_notice_carries_and_nothing_else(kind: NoticeKind, language: Language) -> None:
    about = texts(language)["notices"][kind.value]
    named = {name for text in about.values() for _, name, _, _ in string.Formatter().parse(text) if name}
    assert named - {"origin"} == CATALOGUE[kind].fields <= FIELDS
    assert about.keys() <= {"subject", "text", "more"}


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_only_an_invitation_or_a_reset_lets_anybody_in(kind: NoticeKind, language: Language) -> None:
    links = re.findall(r"https?://\S+", whole(kind, language))
    with_token = [link for link in links if TOKEN in link]
    lets_in = kind in {NoticeKind.STAFF_INVITED, NoticeKind.SIGN_IN_RESET, NoticeKind.PASSWORD_FORGOTTEN}
    assert bool(with_token) == CATALOGUE[kind].lets_in == lets_in == ("token" in CATALOGUE[kind].fields)
    assert all(link.startswith(f"{ORIGIN}/") or link.rstrip(",.") == ORIGIN for link in links)
    assert all(link.partition("#")[2] == TOKEN for link in with_token), "a fragment is sent to no server"


def test_the_pages_that_notices_lead_to_are_there_or_awaited() -> None:
    pages = {page.path for page in PAGES} | PUBLISHED
    named = {
        link.removeprefix("{origin}").removeprefix("/en").partition("#")[0]
        for language in Language
        for about in texts(language)["notices"].values()
        for text in about.values()
        for link in re.findall(r"\{origin\}/[a-z/-]*#?", text)
    }
    assert named - pages - {INVITATION, NEW_PASSWORD} <= AWAITED


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_no_notice_tells_a_verdict_or_a_reason(kind: NoticeKind, language: Language) -> None:
    told = whole(kind, language).lower()
    if kind is NoticeKind.SIGN_IN_RESET:  # of what he asked for himself, which lets him in
        told = told.replace("sudah disetujui", "").replace("was approved", "")
    assert not VERDICTS.search(told)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_an_sms_fits_and_needs_no_other_alphabet(kind: NoticeKind, language: Language) -> None:
    made = notice(
        kind, **({"institution": "Kementerian " + "x" * 60} if "institution" in CATALOGUE[kind].fields else {})
    )
    sms = render_sms(kind, made.fields, language, ORIGIN)
    assert len(sms) <= MAX_SMS
    assert set(sms) <= GSM, set(sms) - GSM


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_instants_and_roles_are_told_as_people_say_them(kind: NoticeKind, language: Language) -> None:
    told = whole(kind, language)
    for name in CATALOGUE[kind].fields:
        value = VALUES[name]
        if isinstance(value, datetime):
            assert "WIB" in told
            assert f"{value.year}-" not in told
        if name == "role":
            assert ("Verifikator" if language is Language.INDONESIAN else "Verifier") in told
    assert ("pukul" in told) <= (language is Language.INDONESIAN)
    subject, body = render_mail(kind, notice(kind).fields, language, ORIGIN)
    assert "\n" not in subject
    assert "{" not in subject + body


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("canary", CANARIES.values(), ids=list(CANARIES))
def test_no_number_of_anybodys_gets_into_a_notice(kind: NoticeKind, canary: str) -> None:
    """Whatever field it is put into; there is none for a name."""
    for name in CATALOGUE[kind].fields:
        for value in (canary, f"Dinas {canary}"):
            with pytest.raises(ValueError, match=name) as refused:
                notice(kind, **{name: value})
            assert canary not in str(refused.value)


@pytest.mark.parametrize(
    "changed",
    [{"name": "Siti Aminah"}, {"nik": "9901014501900001"}, {"reason": "karena"}],
)
def test_a_notice_carries_no_field_that_is_not_declared(changed: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="carries") as refused:
        notice(NoticeKind.PASSWORD_CHANGED, **changed)
    assert not any(value in str(refused.value) for value in changed.values())


@pytest.mark.parametrize(
    "title", ["Dinas A\nBcc: b@contoh.example", "x" * 201, "", " Dinas", "Dinas\u202e", "Dinas http://contoh.example"]
)
def test_an_institutions_name_is_a_line_of_words(title: str) -> None:
    with pytest.raises(ValueError, match="institution"):
        notice(NoticeKind.STAFF_INVITED, institution=title)
