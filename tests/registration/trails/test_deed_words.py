"""Every action that any service writes into a link has its words, in both languages."""

import ast
import importlib
from collections.abc import Iterator
from types import ModuleType

import pytest

from infra.services import ROOT
from services.announcements.model.case_states import CaseStep
from services.kernel.english import english
from services.registration.applications.deeds import ApplicationDeed
from services.registration.cases.deeds import CaseDeed
from services.registration.invitations.deeds import Deed
from services.registration.model.person_states import Action
from services.registration.staff.change_staff import StaffDeed
from services.registration.staff.own_account import OwnDeed
from services.registration.trails.deed_words import DEEDS, tell_deed, tell_import
from tests.support.english import indonesian_in

PLACES = {
    "Event": 1,
    "event_of": 1,
    "Change": 2,
    "save": 2,
    "record_access": 2,
    "record_reading": 2,
    "link_of_lists": 2,
    "record_deed": 0,
    "_save_deed": 0,
    "link_of_person": 2,
    "change_list": 3,
    "commit": 9,
    "store_moved": 9,
    "replace_appointment": 9,
}
"""Whoever is called with an action, and at which place; corrections by the name alone."""
HANDED_ON = {
    "services.documents.files.record_reading: action",
    "services.finalization.shared.asked: action",
    "services.registration.adapters.access_log: action",
    "services.registration.adapters.person_store: change.action",
    "services.registration.correction_requests.moving: action",
    "services.registration.cases.decide_case: deed.value",
    "services.registration.people.commit_new: entry.action",
    "services.registration.corrections.correcting: action",
    "services.registration.corrections.appointments: action",
    "services.registration.dossiers.change: action",
    "services.registration.people.complete_draft: _action(after)",
    "services.registration.search.find_people: action",
    "services.registration.verification.commit_decision: action.value",
    "services.registration.applications.deeds: deed.value",
    "services.registration.invitations.deeds: deed.value",
    "services.registration.units.change_list: action",
    "services.registration.titles.record_deed: action",
    "services.registration.titles.run_list: action",
    "services.registration.staff.change_staff: deed.value",
    "services.registration.staff.own_account: deed.value",
    "services.announcements.cases.end_followers: step.value",
    "services.announcements.cases.stepping: step.value",
    "services.announcements.cases.project_case: step.value",
}
"""Where it comes from a caller or from `ENUMS`; one of `_action` is edit-draft, those of find_people are read-*."""
ENUMS = (Action, ApplicationDeed, CaseDeed, CaseStep, Deed, StaffDeed, OwnDeed)
NO_ACTIONS = {
    "services.announcements.pages.find_changes: was",
    "services.kernel.events.relay: decode(old) if old else None",
}
"""Others of the same names."""
OTHERS = {*(deed.value for enum in ENUMS for deed in enum), "edit-draft", "read-recap", "read-roster"}


def written() -> Iterator[tuple[str, str | None]]:
    """Every action in the services' source: where, and which; None where it is not written there."""
    for file in sorted((ROOT / "services").rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(tree):
            expression = _action_of(node)
            if expression is not None:
                found = _value(expression, importlib.import_module(name))
                yield f"{name}: {ast.unparse(expression)}", found


def _action_of(node: ast.AST) -> ast.expr | None:
    if not isinstance(node, ast.Call):
        return None
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    named = [keyword.value for keyword in node.keywords if keyword.arg == "action"]
    place = PLACES.get(called)
    if place is None or (called == "save" and ast.unparse(node.func) != "save"):
        return None
    return named[0] if named else node.args[place] if len(node.args) > place else None


def _value(expression: ast.expr, module: ModuleType) -> str | None:
    """A text, a constant of the module, or a member of `Action`."""
    names = {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}
    if isinstance(expression, ast.Call) or not names <= set(vars(module)):
        return None
    found = eval(ast.unparse(expression), dict(vars(module)))  # noqa: S307 - our own source
    return str(found) if isinstance(found, str) else None


def test_every_action_of_the_source_has_words() -> None:
    found = dict(written())
    assert {where for where, action in found.items() if action is None} == HANDED_ON | NO_ACTIONS
    assert {action for action in found.values() if action} | OTHERS == set(DEEDS), "see deed_words.py"


@pytest.mark.parametrize("action", list(DEEDS))
def test_it_is_told_in_both_languages(action: str) -> None:
    told = english(tell_deed(action))
    assert told != tell_deed(action)
    assert not indonesian_in(told)


def test_an_action_without_words_is_told_by_its_name() -> None:
    assert tell_deed("new-deed") == "Tindakan lain: new-deed."
    assert english(tell_deed("new-deed")) == "Another deed: new-deed."


def test_an_import_is_told_with_its_row() -> None:
    assert english(tell_import("20220901-abcd", 12)) == "Registered this person by import 20220901-abcd, row 12."
