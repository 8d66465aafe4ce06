"""What becomes of a stranger's file: told by its content, bounded, rebuilt, or refused with a reason."""

from services.documents.inspection.bounded import draw_bounded, inspect_bounded, read_number_bounded
from services.documents.inspection.inspect_file import inspect
from services.documents.inspection.model import Inspection, Outcome

__all__ = ["Inspection", "Outcome", "draw_bounded", "inspect", "inspect_bounded", "read_number_bounded"]
