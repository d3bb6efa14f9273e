"""The candidate's link: signed, for one application, good until it is used, too old or withdrawn.

Pure: whether a link still stands is in the database.
"""

from datetime import timedelta

from models.links import LinkDesk

LIFETIME = timedelta(days=14)


def candidate_desk(secret: str, base_url: str, *, mails: bool) -> LinkDesk:
    """What hands out candidates' links: the secret key, and our address as set."""
    return LinkDesk("candidate", "/candidate/", secret, base_url, mails=mails)
