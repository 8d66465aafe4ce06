"""The papers of a record: which kinds there are, what a file must be, what is said when it is not."""

from services.kernel.documents.faults import FileFault, FileFlag, explain, flag_text
from services.kernel.documents.ids import (
    FileId,
    application_of,
    case_of,
    file_id,
    institution_of,
    parse_file_id,
    subject_of_application,
)
from services.kernel.documents.rows import FIRST_HISTORY, is_history_of, is_unit_of, new_history_id, unit_place
from services.kernel.documents.rules import JPEG, KB, MB, PDF, RULES, Owner, Rule, rule_of
from services.kernel.documents.states import FILE_MOVES, FileState
from services.kernel.documents.types import DocumentType

__all__ = [
    "FILE_MOVES",
    "FIRST_HISTORY",
    "JPEG",
    "KB",
    "MB",
    "PDF",
    "RULES",
    "DocumentType",
    "FileFault",
    "FileFlag",
    "FileId",
    "FileState",
    "Owner",
    "Rule",
    "application_of",
    "case_of",
    "explain",
    "file_id",
    "flag_text",
    "institution_of",
    "is_history_of",
    "is_unit_of",
    "new_history_id",
    "parse_file_id",
    "rule_of",
    "subject_of_application",
    "unit_place",
]
