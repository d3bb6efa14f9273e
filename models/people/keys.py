"""How an e-mail address and a telephone number are compared. Pure."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from models.errors import Invalid
from models.folding import fold, without_unseen

POINT_KINDS = {
    "email": "E-mail",
    "mobile": "Mobile",
    "phone": "Telephone",
    "address": "Address",
}


def point(kind: str, text: str) -> tuple[str, str]:
    """A contact point as (what is shown, what is compared); raises Invalid on the field `value`."""
    if kind not in POINT_KINDS:
        raise Invalid("Choose what kind of contact point it is.", field="kind")
    text = " ".join(text.split()) if kind != "address" else text.strip()
    if not text:
        raise Invalid(f"Enter the {POINT_KINDS[kind].lower()}.", field="value")
    if len(text) > 400:
        raise Invalid("It is longer than 400 characters.", field="value")
    if kind == "email":
        return email(text), email_key(text)
    if kind == "address":
        return text, fold(text)[:400]
    return phone(text), phone_key(text)


def email(text: str) -> str:
    """The address, tidied; raises Invalid if no mail could reach it by its form."""
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError as error:
        raise Invalid("Enter an e-mail address like name@example.org.", field="value") from error
    return found.normalized


def email_key(text: str) -> str:
    """An address as it is compared: without case and unseen marks, not further changed."""
    return without_unseen(text).strip().casefold()


def phone(text: str) -> str:
    """The number as people write it here; one that cannot be read is kept as it was typed."""
    parsed = _parsed(text)
    if parsed is None:
        if not any(c.isdigit() for c in text):
            raise Invalid("A telephone number needs digits.", field="value")
        return text
    national = parsed.country_code == 44
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, style.NATIONAL if national else style.INTERNATIONAL)


def phone_key(text: str) -> str:
    """A number as it is compared: "+447700900123", or the bare digits if it cannot be read."""
    parsed = _parsed(text)
    if parsed is None:
        return "".join(c for c in text if c.isdigit())
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        found = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return None
    return found if phonenumbers.is_possible_number(found) else None
