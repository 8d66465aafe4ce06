"""A portal as the public sees it: facts go in, minutes pass, pages come out."""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import altcha
import pytest

from services.announcements import app as entry
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.aws import clients, s3
from services.kernel.events.facts import (
    Fact,
    InstitutionOpened,
    InstitutionPhaseChanged,
    InstitutionSealed,
    InstitutionWaived,
    PersonListed,
    RosterListed,
    WaivedSpan,
)
from services.kernel.security import captcha, merkle
from services.kernel.security.canonical import canonical
from services.kernel.security.findings import ListFindings, RowFinding, findings_key
from services.kernel.security.sessions import Role
from services.kernel.states import Category, PersonState, Phase
from services.kernel.writes import calendar
from services.kernel.writes.calendar import Window
from tests.support.aws import Answer, Cloud, envelope, queued
from tests.support.gates import open_gate

CODE = "9901"
OTHER = "9902"
NIK = "9901011705900001"
NOON = datetime(2022, 10, 5, 12, tzinfo=clock.WIB)
CLOSES = calendar.DEFAULT_2022[Window.CORRECTION].closes
SEALED_AT = datetime(2022, 10, 31, 17, 2, tzinfo=clock.WIB)
_NUMBER = re.compile(r"L-[0-9A-Z]{4}-[0-9A-Z]{4}")
_CODE = re.compile(r"(?<!-)[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


class World:
    """Facts, minutes, pages and usulan."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        cloud.use("announcements")
        cloud.at(NOON)
        self._sent = 0

    def opened(self, code: str = CODE, *, v: int = 1, title: str = "Kabupaten Contoh Satu") -> InstitutionOpened:
        return InstitutionOpened(institution=code, v=v, title=title, kind="KABUPATEN", at=NOON)

    def phase(
        self,
        phase: Phase,
        code: str = CODE,
        *,
        v: int = 2,
        epoch: int = 1,
        sptjm: str = "BELUM",
        accepted: int | None = None,
    ) -> InstitutionPhaseChanged:
        return InstitutionPhaseChanged(
            institution=code,
            v=v,
            phase=phase,
            epoch=epoch,
            at=NOON,
            correction_closes=CLOSES,
            sptjm_state=sptjm,
            accepted_epoch=accepted,
        )

    def person(self, n: int, code: str = CODE, *, v: int = 1, **changed: Any) -> PersonListed:
        values: dict[str, Any] = {
            "pid": f"pid{n:04d}xyz",
            "state": PersonState.TERDAFTAR,
            "nama": f"Orang Contoh {n:04d}",
            "unit_kerja": "Dinas Contoh",
            "jabatan": "Guru",
            "kategori": Category.NON_ASN,
            "nomor_registrasi": f"REG{n:06d}",
        }
        return PersonListed(institution=code, v=v, **{**values, **changed})

    def numbered(self, v: int = 1, code: str = CODE, *, total: int = 1) -> RosterListed:
        """Registration has made the numbered pre-final list."""
        return RosterListed(institution=code, v=v, root=f"{v:064x}", total=total)

    def numbered_list(self, people: Sequence[PersonListed], v: int = 1, code: str = CODE) -> RosterListed:
        """Write the numbered pre-final list of these people as registration does; returns the fact that tells of it."""
        key, content = f"lists/{code}/prefinal-{v}.jsonl", _canonical_list(people)
        self.found_in(key)
        s3.write(settings().exports_bucket, key, content, content_type="application/jsonl")
        root = merkle.root([merkle.leaf_hash(entry) for entry in content.splitlines()]).hex()
        return RosterListed(institution=code, v=v, root=root, total=len(people), list_key=key)

    def waived(self, since: datetime, until: datetime, code: str = CODE, *, v: int = 3) -> InstitutionWaived:
        """BKN has given a waiver for an office of one."""
        return InstitutionWaived(institution=code, v=v, waived=(WaivedSpan(since=since, until=until),))

    def sealed_list(
        self,
        people: Sequence[PersonListed],
        code: str = CODE,
        *,
        epoch: int = 1,
        by_state: Mapping[str, int] | None = None,
    ) -> InstitutionSealed:
        """Write a canonical list as registration does; returns the fact of its seal."""
        content = _canonical_list(people)
        return self.sealed_bytes(content, people, code, epoch=epoch, by_state=by_state)

    def sealed_bytes(
        self,
        content: bytes,
        people: Sequence[PersonListed],
        code: str = CODE,
        *,
        epoch: int = 1,
        by_state: Mapping[str, int] | None = None,
    ) -> InstitutionSealed:
        """Put any bytes where the sealed list belongs, and seal them with the counts of `people`; nothing is found."""
        key = f"lists/{code}/{epoch}.jsonl"
        self.found_in(key)
        s3.write(settings().exports_bucket, key, content, content_type="application/jsonl")
        thk2 = sum(person.kategori is Category.THK_II for person in people)
        root = merkle.root([merkle.leaf_hash(entry) for entry in content.splitlines()]).hex()
        states = dict(by_state or {"MEMENUHI_SYARAT": len(people)})
        sealed = {
            "format": "pendataan-seal-1",
            "epoch": epoch,
            "list": {"root": root, "size": len(people)},
            "roster": {"size": sum(states.values()), "by_state": states},
        }
        manifest = {"manifest": sealed, "signature": "c2lnbmF0dXJl"}
        manifest_key = f"seals/{code}/{epoch}.json"
        s3.write(settings().seals_bucket, manifest_key, canonical(manifest), content_type="application/json")
        return InstitutionSealed(
            institution=code,
            v=epoch,
            list_key=key,
            manifest_key=manifest_key,
            root=root,
            thk2=thk2,
            non_asn=len(people) - thk2,
            sealed_at=SEALED_AT,
        )

    def found_in(self, list_key: str, *rows: RowFinding) -> None:
        """What registration says of a list of its own: it found this of the rows' own numbers."""
        content = ListFindings(rows=rows).model_dump_json().encode()
        s3.write(settings().exports_bucket, findings_key(list_key), content, content_type="application/json")

    def tell(self, *facts: Fact) -> None:
        """Deliver facts; none may fail."""
        assert entry.on_fact(queued(envelope(fact) for fact in facts), None) == {"batchItemFailures": []}

    def minute(self, minutes: int = 1) -> None:
        """Let time pass and the schedule fire once."""
        self.cloud.at(clock.now() + timedelta(minutes=minutes))
        self.publish()

    def publish(self) -> None:
        """Let the schedule fire now."""
        event = {"version": "0", "account": "", "region": "", "detail": {}, "detail-type": "", "source": "", "time": ""}
        entry.publish({**event, "id": "", "resources": []}, None)

    def published(self, *facts: Fact) -> None:
        """Tell facts and let a minute pass."""
        self.tell(*facts)
        self.minute()

    def prefinal(self, *people: PersonListed, code: str = CODE) -> None:
        """An institution at uji publik with these people, published."""
        self.published(self.opened(code), self.phase(Phase.PRAFINAL, code), *people)
        self.minute()

    def site(self) -> dict[str, str]:
        """Everything that stands on the site."""
        bucket = settings().site_bucket
        listed = clients.s3().list_objects_v2(Bucket=bucket).get("Contents", [])
        return {entry["Key"]: (s3.read(bucket, entry["Key"]) or b"").decode() for entry in listed}

    def page(self, path: str = f"pengumuman/{CODE}/index.html") -> str:
        """One object of the site."""
        found = s3.read(settings().site_bucket, path)
        assert found is not None, path
        return found.decode()

    def names(self, code: str = CODE) -> list[str]:
        """The names in an institution's search index."""
        return [item[0] for item in json.loads(self.page(f"pengumuman/{code}/index.json"))["items"]]

    def publication(self, role: Role | str = Role.BKN, code: str = CODE) -> dict[str, Any]:
        """What staff read of an institution's publication."""
        institution = None if role in {Role.BKN, Role.AUDITOR} else code
        answer = self.get(f"/institutions/{code}/publication", self.cloud.token(role, institution))
        assert answer.status == 200, answer.text
        view: dict[str, Any] = answer.json
        return view

    def release(self, number: str, *, sub: str = "bkn-1", role: Role | str = Role.BKN, **sent: Any) -> Answer:
        """Let somebody, of bkn if not said otherwise, release a row of the sealed list."""
        institution = None if role in {Role.BKN, Role.AUDITOR} else CODE
        body = {"nomor_registrasi": number, "reason": sent.pop("reason", "Nomor itu bukan milik siapa pun.")}
        path, token = (
            f"/announcements/institutions/{CODE}/publication/releases",
            self.cloud.token(role, institution, sub),
        )
        return self.cloud.call(entry.app, "POST", path, body, token=token, **sent)

    def release_by_two(self, number: str) -> Answer:
        """Let two people of bkn release a row; what the second one is answered."""
        assert self.release(number).status == 201
        return self.release(number, sub="bkn-2")

    def writes(self) -> int:
        """How many versions of objects the site bucket has ever taken."""
        found = clients.s3().list_object_versions(Bucket=settings().site_bucket)
        return len(found.get("Versions", []))

    def open_round(self, code: str = CODE, *, correction_closes: datetime = CLOSES) -> None:
        """Open the 2022 calendar, as far as an usulan reads it."""
        opens = calendar.DEFAULT_2022[Window.CORRECTION].opens
        windows = {**calendar.DEFAULT_2022, Window.CORRECTION: calendar.Span(opens, correction_closes)}
        open_gate(code, phase=Phase.PRAFINAL, windows=windows)

    def captcha(self) -> str:
        """A solved challenge, as the browser sends it; the first try is right, where a browser needs hundreds."""
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(captcha, "_SMALLEST_COUNTER", 0)
            patched.setattr(captcha, "_COUNTERS", 1)
            challenge = altcha.Challenge.from_dict(self.get("/captcha").json)
        solution = altcha.solve_challenge(challenge)
        assert solution is not None
        payload = {"challenge": challenge.to_dict(), "solution": solution.to_dict()}
        return base64.b64encode(json.dumps(payload).encode()).decode()

    def usulan(self, **changed: Any) -> dict[str, Any]:
        """A body that is right but for its captcha."""
        body = {
            "institution": CODE,
            "nik": NIK,
            "nama": "Orang Terlewat",
            "tanggal_lahir": "1990-05-17",
            "unit_kerja": "Dinas Contoh",
            "jabatan": "Guru",
            "sejak": "2015-01-02",
            "alasan": "Bekerja sejak 2015, belum terdaftar.",
            "email": "pelapor@contoh.id",
            "hp": "",
        }
        return {name: value for name, value in {**body, **changed}.items() if value is not None}

    def post(self, body: object, path: str = "/usulan", **sent: Any) -> Answer:
        """POST below /announcements; an usulan where nothing else is said."""
        return self.cloud.call(entry.app, "POST", f"/announcements{path}", body, **sent)

    def filed(self, path: str = "/usulan", **changed: Any) -> "Filed":
        """A case that was taken in: by a plain form, which needs no security check, each from another address."""
        body = {**(self.usulan() if path == "/usulan" else {}), **changed}
        self._sent += 1
        headers = {"x-viewer-address": f"192.0.2.{self._sent % 250 + 2}", "accept": "text/html"}
        answer = self.post(
            {name: value for name, value in body.items() if value is not None}, path, form=True, headers=headers
        )
        assert answer.status == 201, (answer.text, answer.headers)
        number, code = _NUMBER.search(answer.text), _CODE.search(answer.text)
        assert number is not None
        assert code is not None
        return Filed(number[0], code[0])

    def reported(self, **changed: Any) -> "Filed":
        """A tanggapan that was taken in, about the first on the list."""
        body = {
            "institution": CODE,
            "nomor_registrasi": "REG000001",
            "alasan": "Orang ini sudah pindah ke luar negeri sejak tahun 2019.",
            "nama_pelapor": "Pelapor Rahasia",
            "email": "rahasia@contoh.id",
            "hp": "",
        }
        return self.filed("/tanggapan", **{**body, **changed})

    def follow(self, filed: "Filed", path: str = "/cases/lookups", **also: Any) -> Answer:
        """What whoever filed it does with number and code; looks where nothing else is said."""
        return self.post({"number": filed.number, "code": filed.code, **also}, path)

    def staff(self, role: Role = Role.OPERATOR, institution: str | None = CODE, **said: Any) -> str:
        """A token of a member of staff."""
        national = role in {Role.BKN, Role.AUDITOR}
        return self.cloud.token(role, None if national else institution, **{"sub": f"staff-{role}", **said})

    def case(self, filed: "Filed", role: Role = Role.OPERATOR, code: str = CODE, **said: Any) -> Any:
        """A case as a member of staff sees it."""
        answer = self.get(f"/institutions/{code}/cases/{filed.number}", self.staff(role, **said))
        assert answer.status == 200, answer.text
        return answer.json

    def do(self, filed: "Filed", what: str, role: Role = Role.OPERATOR, **body: Any) -> Answer:
        """What a member of staff does with a case, on its present version where none is said."""
        said = {name: body.pop(name) for name in ("sub", "units", "own") if name in body}
        code = body.pop("code", CODE)
        v = body.pop("v", None) or self.case(filed, role, code, **said)["v"]
        path = f"/institutions/{code}/cases/{filed.number}/{what}"
        return self.post({"v": v, **body}, path, token=self.staff(role, **said))

    def get(self, path: str, token: str | None = None) -> Answer:
        """GET below /announcements."""
        return self.cloud.call(entry.app, "GET", f"/announcements{path}", token=token)


@dataclass(frozen=True)
class Filed:
    """Number and code of a case, as they are shown."""

    number: str
    code: str


def _canonical_list(people: Sequence[PersonListed]) -> bytes:
    lines = [
        {
            "nomor_registrasi": person.nomor_registrasi,
            "nama": person.nama,
            "unit_kerja": person.unit_kerja,
            "jabatan": person.jabatan,
            "kategori": person.kategori.value,
            "salt": "aa" * 16,
            "commitment": "bb" * 32,
        }
        for person in sorted(people, key=lambda person: person.nomor_registrasi)
    ]
    return b"".join(canonical(line) + b"\n" for line in lines)
