"""Say what a title that is on no list is: like one of the national list, or of a family (domain.md, section 6)."""

from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, Field

from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.reference.jobs import Family, find_job, job_key
from services.kernel.security.personal_number_texts import refuse_personal_number
from services.kernel.values.texts import clean_text
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.registration.adapters import access_log, job_store
from services.registration.model.job_list import LONGEST_TITLE, MAX_TITLES, JobList, LocalJob

_NOTHING_SAID: Final = "missing|Tulis jabatannya, bukan hanya status kepegawaiannya."
_UNKNOWN: Final = "Jabatan ini tidak ada dalam daftar nasional. Pilih dari daftar, atau pilih rumpunnya saja."
_LISTED: Final = "Jabatan ini sudah ada dalam daftar nasional, jadi tidak perlu ditetapkan."
_ONE_OF_THEM: Final = "Pilih jabatan yang sepadan dari daftar nasional, atau rumpun jabatannya."
_TOO_MANY: Final = "Daftar jabatan instansi paling banyak 1.000. Hapus yang tidak dipakai."


def _says_something(title: str) -> str:
    if not job_key(title):
        raise ValueError(_NOTHING_SAID)
    return title


Title = Annotated[
    str,
    Field(max_length=LONGEST_TITLE),
    AfterValidator(clean_text),
    AfterValidator(_says_something),
    AfterValidator(refuse_personal_number),
]


class JobMapping(BaseModel):
    """What a title is, on version `v` of the list: `like` a title of the national list, or else of a `family`.

    Neither takes the institution's word for it back.
    """

    v: int
    title: Title
    like: Annotated[str, Field(max_length=LONGEST_TITLE)] | None = None
    family: Family | None = None


class JobMapped(BaseModel):
    """The list was changed: its version now, and how many titles the institution has added."""

    v: int
    titles: int


def change_job(mapping: JobMapping, *, institution: str, request: Request) -> JobMapped:
    """Let the institution's admin say what a title is; whom the list of people shows by it follows.

    Raises:
        Problem: `not-found` for another institution, one without a round, or a title to be taken back that was not
            added; `version-moved`, `invalid-fields`.
    """
    request.actor.require_institution(institution)
    gate.read_round(institution)
    return request.once.answer(JobMapped, lambda: _map(mapping, institution, request))


def _map(mapping: JobMapping, institution: str, request: Request) -> JobMapped:
    before = job_store.load(institution)
    if before.v != mapping.v:
        raise Problem(Code.VERSION_MOVED)
    after = _changed(before, mapping)
    answer = JobMapped(v=after.v, titles=len(after.items))
    written = access_log.link_of_lists(institution, request.actor, "change-job", request.received, answer.model_dump())
    if not ungated.commit([job_store.put(institution, after), *written, *request.once.remember(answer)]):
        raise Problem(Code.VERSION_MOVED)
    return answer


def _changed(jobs: JobList, mapping: JobMapping) -> JobList:
    if mapping.like is None and mapping.family is None:
        if jobs.added(mapping.title) is None:
            raise Problem(Code.NOT_FOUND)
        return jobs.without(mapping.title)
    after = jobs.with_job(_job(mapping))
    if len(after.items) > MAX_TITLES:
        raise invalid_problem("title", "too-many", _TOO_MANY)
    return after


def _job(mapping: JobMapping) -> LocalJob:
    if find_job(mapping.title) is not None:
        raise invalid_problem("title", "listed", _LISTED)
    if mapping.like is not None and mapping.family is not None:
        raise invalid_problem("family", "one-of-them", _ONE_OF_THEM)
    if mapping.like is None and mapping.family is not None:
        return LocalJob(mapping.title, mapping.family)
    listed = find_job(mapping.like or "")
    if listed is None:
        raise invalid_problem("like", "unknown", _UNKNOWN)
    return LocalJob(mapping.title, listed.family, listed.title)
