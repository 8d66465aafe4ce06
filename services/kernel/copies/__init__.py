"""Copies that a person takes of what is his: asked for, made by a queue's function, there for a day.

The service that holds the data makes the copy; what is here is the job, the same for each of them.
"""

from services.kernel.copies.follow import Copies, CopyView, find_made, list_copies, watch_copy
from services.kernel.copies.job import KEPT, CopyJob, CopyMessage, CopyState
from services.kernel.copies.request import request_copy
from services.kernel.copies.store import SK, load_wanted, made, to_job

__all__ = [
    "KEPT",
    "SK",
    "Copies",
    "CopyJob",
    "CopyMessage",
    "CopyState",
    "CopyView",
    "find_made",
    "list_copies",
    "load_wanted",
    "made",
    "request_copy",
    "to_job",
    "watch_copy",
]
