"""Tell an institution's admins what the run of a list of titles changed in their roster."""

from services.kernel.notices.catalogue import Notice, NoticeKind
from services.kernel.security.sessions import Role
from services.registration.adapters import title_store
from services.registration.model.title_list import ProgressState, TitleList
from services.registration.model.title_step import StepKind
from services.registration.shared.tell_staff import put_by, staff_in


def tell_institution(titles: TitleList, state: ProgressState, code: str) -> None:
    """Put by a notice for each admin with how many records and verdicts it touched; none where it touched nothing."""
    reached = title_store.progress(titles.id, StepKind.RUN, code)
    if reached is None or not reached.total.changed:
        return
    event = f"titles.{titles.number}.{code}.{state.value}"
    fields = {"count": reached.total.changed, "voided": reached.total.voided}
    for recipient in staff_in(code, Role.ADMIN):
        put_by(Notice(NoticeKind.TITLES_RUN, event, recipient, fields, code))
