"""What the templates of the hosted form need beyond texts: fields, choices of reference lists, limits of files."""

from functools import partial
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from pydantic import BaseModel

from services.announcements.banner.set_banner import BannerBody
from services.announcements.cases.decide_case import REASONS as CASE_REASONS
from services.announcements.cases.decide_case import CaseDecisionBody, CaseReason
from services.announcements.cases.file_bantuan import ANONYMOUS, SELF_EVIDENT, SHORTEST_STORY, UPLOADED
from services.announcements.cases.file_keberatan import KeberatanForm
from services.announcements.cases.file_tanggapan import TanggapanForm
from services.announcements.cases.file_usulan import UsulanForm
from services.announcements.cases.keep_answers import AnswerText
from services.announcements.publication.release_row import ReleaseBody
from services.finalization.requests import SHORTEST_EXPLANATION
from services.kernel.documents import JPEG, KB, MB, RULES, Rule
from services.kernel.web.languages import Language, in_language
from services.registration.correction_requests.asking import ASKABLE
from services.registration.messages.send_message import MessageBody
from services.registration.model.verdict import REASONS
from services.registration.rows.columns import COLUMNS
from services.registration.verification.check_verdict import SHORTEST_REASON
from web.kit.wording import plain
from web.site.fields import FIELDS, HISTORY, PERSON_SECTIONS, REQUIRED
from web.site.pages import MAY_OPEN, WHOLE
from web.site.wording import texts

_LISTS = {column.choices.name: column.choices for column in COLUMNS if column.choices}


def formats(language: str) -> dict[str, dict[str, str]]:
    """The words of every reference list: those of the services, unless the language's texts write them otherwise."""
    own = plain(texts(language).labels.options)
    told = partial(in_language, language=Language(language))
    lists = {name: {code: told(one.label) for code, one in choices.items()} for name, choices in _LISTS.items()}
    return {name: {**lists.get(name, {}), **own.get(name, {})} for name in {**lists, **own}}


def columns(language: str) -> dict[str, str]:
    """The label of every field by its name, for answers that name columns of the import template."""
    words = texts(language).fields
    return {name: words[name].label for name in FIELDS}


@pass_context
def _options(context: Context, name: str, blank: bool = False) -> list[dict[str, str]]:
    """The choices of a list as govuk macros take them, with an empty first one for a drop-down."""
    first = [{"value": "", "text": context["t"].common.choose}] if blank else []
    return first + [{"value": code, "text": word} for code, word in formats(context["lang"])[name].items()]


def _size(value: int) -> str:
    return f"{value // MB} MB" if value >= MB else f"{round(value / KB, -1):.0f} KB"


def _limits(rule: Rule) -> dict[str, Any]:
    """One kind of file as the upload control shows and checks it."""
    names = ["JPG" if each == JPEG else "PDF" for each in rule.formats]
    return {
        "types": " ".join(rule.formats),
        # A phone offers its camera for image/*; whatever comes is turned into JPEG before it is sent.
        "accept": ",".join("image/*" if each == JPEG else f"{each},.pdf" for each in rule.formats),
        "most": rule.most,
        "least": rule.least,
        "side": rule.max_side,
        "owner": str(rule.owner),
        "words": {language: _words(language, names, rule) for language in ("id", "en")},
    }


def _words(language: str, names: list[str], rule: Rule) -> str:
    t = texts(language).files
    types = f" {t['or']} ".join(names)
    pattern = t.limit_between if rule.least else t.limit
    return str(pattern.format(types=types, least=_size(rule.least), most=_size(rule.most)))


def install(made: Environment) -> None:
    """Give the templates their globals."""
    made.globals.update(
        fields=FIELDS,
        formats={name: _format(name) for name in FIELDS},
        history_fields=HISTORY,
        askable=tuple(column.key for column in ASKABLE),
        person_sections=PERSON_SECTIONS,
        required_fields=REQUIRED,
        options=_options,
        files={str(jenis): _limits(rule) for jenis, rule in RULES.items()},
        reasons=_reasons,
        roles=_roles,
        least={
            "usulan": _least(UsulanForm),
            "tanggapan": _least(TanggapanForm),
            "bantuan": {"alasan": SHORTEST_STORY},
            "keberatan": _least(KeberatanForm),
            "case": _least(CaseDecisionBody)["text"],
            "answer": _least(AnswerText),
            "release": _least(ReleaseBody),
            "banner": _least(BannerBody),
            "message": _least(MessageBody),
            "waiver": {"reason": SHORTEST_EXPLANATION},
            "second": {"reason": SHORTEST_REASON},
            "finalization": {"reason": SHORTEST_EXPLANATION},
        },
        case_reasons=_case_reasons(),
        bantuan={
            "anonymous": sorted(ANONYMOUS),
            "self_evident": sorted(SELF_EVIDENT),
            "uploaded": [str(jenis) for jenis in UPLOADED],
        },
        may_open=MAY_OPEN,
        whole=WHOLE,
    )


def _case_reasons() -> dict[str, str]:
    """Every reason for a decision on a case, with the decisions that it fits, as `KIND-accepted`."""
    return {
        reason.value: " ".join(
            sorted(
                f"{kind}-{accepted}".lower()
                for kind, accepted in CASE_REASONS
                if reason in CASE_REASONS[kind, accepted]
            )
        )
        for reason in CaseReason
    }


def _least(form: type[BaseModel]) -> dict[str, int]:
    """The fewest characters of each field of a form that must have more than one, as its service demands."""
    described = form.model_json_schema()["properties"].items()
    return {name: each["minLength"] for name, each in described if each.get("minLength", 0) > 1}


def _format(name: str) -> str:
    """How a script shows a field's value."""
    shape = FIELDS[name]
    if shape.kind == "date":
        return "date"
    if shape.amount:
        return "number"
    return f"option:{shape.options}" if shape.options else "text"


@pass_context
def _reasons(context: Context, criterion: str) -> list[dict[str, Any]]:
    """The reasons for a verdict on a criterion, each with the verdicts that it is for."""
    told = partial(in_language, language=Language(context["lang"]))
    return [
        {"value": code.value, "text": told(reason.sentence), "verdicts": sorted(reason.verdicts)}
        for code, reason in REASONS.items()
        if criterion in reason.criteria
    ]


@pass_context
def _roles(context: Context) -> list[dict[str, str]]:
    """Every role of staff; a page's script hides those that its reader can neither give nor propose there."""
    words = context["t"].labels.roles
    return [{"value": code, "text": words[code]} for code in words if code != "honorer"]
