"""Tell all of an institution's staff in one role of something that belongs to no write of theirs."""

from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient, RecipientKind
from services.kernel.security.sessions import Role
from services.kernel.writes import ungated
from services.registration.adapters import account_store
from services.registration.model.account import AccountState
from services.registration.model.import_job import Job


def tell_import_waits(job: Job) -> None:
    """Tell the admins that an import would void so many verdicts that it waits for one of them; once an import."""
    for recipient in staff_in(job.institution, Role.ADMIN):
        fields = {"count": job.held}
        put_by(Notice(NoticeKind.IMPORT_WAITS, f"import-waits.{job.id}", recipient, fields, job.institution))


def staff_in(institution: str, role: Role) -> list[Recipient]:
    """Whoever has this role there and an active account."""
    staff = account_store.staff_of(institution)
    active = (one for one in staff if one.role is role and one.state is AccountState.AKTIF)
    return [Recipient(RecipientKind.STAFF, one.id) for one in active]


def put_by(notice: Notice) -> bool:
    """Put a notice among those to be sent; False when this event told this recipient before."""
    return ungated.commit([outbox.put(notice)])
