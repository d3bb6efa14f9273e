"""What an ask and a reply may be. Pure."""

from datetime import date

from models.errors import Invalid

REPLIES = {
    "waiting": "No reply yet",
    "yes": "Yes, will help",
    "partly": "Partly",
    "no": "No",
    "unreachable": "Cannot be reached",
}
TONES = {"waiting": "warning", "yes": "ok", "partly": "info", "no": "bad", "unreachable": "neutral"}
MOST_PEOPLE = 200
LONGEST_BODY = 3000


def check_ask(*, title: str, body: str, people: int, wanted_by: date | None, today: date) -> None:
    """Raise Invalid, on the field at fault, for an ask that cannot be logged."""
    if not title.strip() or len(title.strip()) > 120:
        raise Invalid(
            "Say in a few words what the dispute is, at most 120 characters.", field="title"
        )
    if not body.strip() or len(body.strip()) > LONGEST_BODY:
        raise Invalid(
            f"Say what they are asked to do, at most {LONGEST_BODY:,} characters.", field="body"
        )
    if not people:
        raise Invalid("Choose at least one person to ask.", field="people")
    if people > MOST_PEOPLE:
        raise Invalid(f"Ask at most {MOST_PEOPLE} people at once.", field="people")
    if wanted_by is not None and wanted_by < today:
        raise Invalid("The day by which you want an answer has passed.", field="wanted_by")


def check_reply(reply: str, said: str) -> None:
    """Raise Invalid for a reply that cannot be recorded."""
    if reply not in REPLIES:
        raise Invalid("Choose what they replied.", field="reply")
    if len(said) > LONGEST_BODY:
        raise Invalid(f"It is longer than {LONGEST_BODY:,} characters.", field="said")
