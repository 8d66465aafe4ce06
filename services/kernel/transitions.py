"""A state table as data: what is drawn happens, everything else is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from services.kernel.problems import Code, Problem

State = TypeVar("State")
Step = TypeVar("Step")
After = TypeVar("After")


def illegal_transition_problem(_state: object, _step: object) -> Problem:
    """`illegal-transition`: what a table tells that has no words of its own."""
    return Problem(Code.ILLEGAL_TRANSITION)


@dataclass(frozen=True)
class Transitions(Generic[State, Step, After]):
    """Which steps are drawn, from which states, and where they lead.

    Args:
        matrix: step → state before → state after. Where things may be moved that are not on file yet, a state before
            may be None.
        refusal: what is told about a step that is not drawn: where the thing stands, and what to do.
    """

    matrix: Mapping[Step, Mapping[State, After]]
    refusal: Callable[[State, Step], Problem] = illegal_transition_problem

    def allowed(self, state: State, step: Step) -> bool:
        """Whether the table draws this step from this state."""
        return state in self.matrix.get(step, _NOWHERE)

    def after(self, state: State, step: Step) -> After:
        """The state a step leads to.

        Raises:
            Problem: the table's refusal.
        """
        if not self.allowed(state, step):
            raise self.refusal(state, step)
        return self.matrix[step][state]


_NOWHERE: Mapping[Any, Any] = {}
