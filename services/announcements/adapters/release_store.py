"""Rows of sealed lists that bkn released: `A#<code>`/`REL#<epoch>#<number>`, each approval with a link in the trail."""

from collections.abc import Sequence

from services.announcements.adapters.audit_lane import Lane
from services.announcements.model.publication import Approval, Release
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.writes import ungated

LANE = Lane("publication", "RELEASES")
ACTION = "approve-release"


def load(code: str, epoch: int, nomor_registrasi: str) -> Release:
    """Who has approved of a row; nobody if nothing is stored."""
    item = dynamodb.get(settings().table, _key(code, epoch, nomor_registrasi))
    return Release(epoch, nomor_registrasi) if item is None else _to_release(item)


def of_seal(code: str, epoch: int) -> list[Release]:
    """Every row of a seal that somebody approved of, by number."""
    when = KeyPart("pk").eq(f"A#{code}") & KeyPart("sk").begins_with(_leads(epoch))
    return [_to_release(item) for item in dynamodb.query_all(settings().table, when)]


def released(code: str, epoch: int) -> list[str]:
    """The numbers of the rows of a seal that enough people of bkn have released."""
    return [release.nomor_registrasi for release in of_seal(code, epoch) if release.complete()]


def keep(code: str, before: Release, approval: Approval, also: Sequence[Operation] = ()) -> bool:
    """Add an approval, with its link and `also`; False when somebody else was faster or `also` did not hold."""
    key = _key(code, before.epoch, before.nomor_registrasi)
    approvals = [[one.by, clock.millis(one.at), one.reason] for one in (*before.approvals, approval)]
    same = Attr("v").eq(before.v) if before.v else Attr("pk").not_exists()
    kept = dynamodb.put(settings().table, {**key, "v": before.v + 1, "approvals": approvals}, when=same)
    what = {"nomor_registrasi": before.nomor_registrasi, "epoch": before.epoch, "reason": approval.reason}
    event = Event(approval.by, ACTION, approval.at, what)
    head, link = LANE.log(code).add(event)
    return ungated.commit([kept, head, link.operation, *also])


def _key(code: str, epoch: int, nomor_registrasi: str) -> dict[str, str]:
    return {"pk": f"A#{code}", "sk": f"{_leads(epoch)}{nomor_registrasi}"}


def _leads(epoch: int) -> str:
    return f"REL#{epoch:06d}#"


def _to_release(item: Item) -> Release:
    _, epoch, number = item["sk"].split("#")
    approvals = tuple(Approval(by, clock.from_millis(at), reason) for by, at, reason in item["approvals"])
    return Release(int(epoch), number, approvals)
