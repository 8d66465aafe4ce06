"""What became of one row of an imported file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.registration.model.import_job import Outcome
from services.registration.rows.row_problems import RowProblem


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer on one row; `pid`, `registration_number` and the eligibility verdict `overall` once it is stored.

    `criteria` are those that do not pass as the row is: the criterion, its verdict and the sentence.
    `changes` are what was corrected, or would be where the row is held: `{column: [before, after]}`, None for a blank.
    """

    row: int
    outcome: Outcome
    nama: str = ""
    registration_number: str = ""
    overall: str = ""
    problems: Sequence[RowProblem] = ()
    warnings: Sequence[RowProblem] = ()
    missing: Sequence[str] = ()
    pid: str = ""
    criteria: Sequence[RowProblem] = ()
    changes: Mapping[str, Sequence[Any]] = field(default_factory=dict)
