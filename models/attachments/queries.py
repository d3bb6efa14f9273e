"""Reading files: each with the permit that opens it, in the reader's regions."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from models.accounts.permits import Actor, require, within
from models.accounts.roles import Permit
from models.attachments.tables import Attachment
from models.base import db
from models.errors import NotFound


def attachment_for(reader: Actor, attachment_id: int) -> Attachment:
    """One file that this reader may open; NotFound for none, and for one of another region."""
    attachment = db.session.get(Attachment, attachment_id)
    if attachment is None or not within(reader, [attachment.region_id]):
        raise NotFound("There is no such file, or it is not in your region.")
    require(reader, Permit[attachment.permit])
    return attachment


def content_of(attachment: Attachment) -> bytes:
    """The bytes, for whoever was let in already; NotFound once they were removed."""
    if attachment.content is None:
        raise NotFound(f"“{attachment.name}” was removed: it is no longer kept.")
    return attachment.content


def attachments_with(ids: Collection[int | None]) -> dict[int, Attachment]:
    """Files by id, for a page whose owner the reader may see already; without their content."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    query = select(Attachment).where(Attachment.id.in_(wanted)).order_by(Attachment.id)
    return {attachment.id: attachment for attachment in db.session.scalars(query)}


def overdue(today: date) -> list[Attachment]:
    """The files whose last day is over and whose content is still there, oldest first."""
    query = select(Attachment).where(Attachment.keep_until < today, Attachment.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(Attachment.id)))
