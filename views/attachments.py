"""The counter of files: one address that hands a file over, to be saved and never to be run."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.attachments.queries import attachment_for, content_of
from views.downloads import registered
from views.guards import keeps_register, needs, reader

bp = Blueprint("attachments", __name__, url_prefix="/attachments")


@bp.get("/<int:attachment_id>")
@needs(Permit.SIGNED_IN)
@keeps_register
def download(attachment_id: int) -> ResponseReturnValue:
    """The file, for who holds its own permit in its region; written into the export register."""
    attachment = attachment_for(reader(), attachment_id)
    return registered(
        content_of(attachment),
        name=attachment.name,
        media_type=attachment.media_type,
        report="attachment",
        permit=Permit[attachment.permit],
        of={"file": str(attachment.id)},
    )
