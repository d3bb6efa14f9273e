"""What is done with files: store, keep longer, remove. They never change once they are stored."""

import hashlib
from datetime import date

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.attachments import queries, rules
from models.attachments.tables import Attachment
from models.base import db


def store(
    *,
    name: str,
    content: bytes,
    region_id: int | None,
    keep_until: date | None,
    by: Actor,
    permit: Permit = Permit.FUNDING_APPLY,
    read_permit: Permit = Permit.FUNDING_READ,
) -> Attachment:
    """Keep a file, flushed; Invalid (field "file") in a sentence where it is not one we take.

    `permit` is what `by` needs to hand it in, `read_permit` what others need to open it.
    """
    require(by, permit, regions=None if region_id is None else [region_id])
    kind = rules.check_file(name, content)
    attachment = Attachment(
        name=rules.clean_name(name),
        media_type=kind.media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        region_id=region_id,
        permit=read_permit.name,
        keep_until=keep_until,
        uploaded_by_id=by.id,
    )
    db.session.add(attachment)
    db.session.flush()
    audit.record("attachment.stored", attachment, by=by, after=_facts(attachment))
    return attachment


def keep(
    attachment: Attachment, *, until: date | None, by: Actor, permit: Permit = Permit.FUNDING_APPLY
) -> Attachment:
    """Keep it until another day; None keeps it for good."""
    require(by, permit, regions=_regions(attachment))
    before, after = audit.changes(attachment, {"keep_until": until})
    if after:
        db.session.flush()
        audit.record("attachment.kept", attachment, by=by, before=before, after=after)
    return attachment


def remove(
    attachment: Attachment, *, by: Actor, permit: Permit = Permit.FUNDING_APPLY
) -> Attachment:
    """Take the content away for good; the row and its hash stay. A second time changes nothing."""
    require(by, permit, regions=_regions(attachment))
    return _empty(attachment, by=by)


def remove_overdue(*, by: Actor) -> int:
    """Take away the content of all files whose last day is over; how many they were."""
    require(by, Permit.JOBS_RETRY)
    overdue = queries.overdue(clock.today())
    for attachment in overdue:
        _empty(attachment, by=by)
    return len(overdue)


def _empty(attachment: Attachment, *, by: Actor) -> Attachment:
    if attachment.removed_at is None:
        attachment.content, attachment.removed_at = None, clock.now()
        db.session.flush()
        audit.record("attachment.removed", attachment, by=by, before=_facts(attachment))
    return attachment


def _regions(attachment: Attachment) -> list[int] | None:
    return None if attachment.region_id is None else [attachment.region_id]


def _facts(attachment: Attachment) -> dict[str, object]:
    names = ("name", "media_type", "size", "sha256", "region_id", "keep_until")
    return {name: getattr(attachment, name) for name in names}
