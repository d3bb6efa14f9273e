"""Sort codes, account numbers and names as UK banks take them. Pure: values in, values out."""

import re
import unicodedata

from models.errors import Invalid

KINDS = {
    "party-unit": "Party unit",
    "candidate": "Candidate",
    "agent": "Election agent",
    "supplier": "Supplier",
    "branch": "Branch of the union",
}
# What every UK bank prints of a name or a reference, and how much of it.
BANK_LENGTH = 18
NOT_FOR_BANKS = re.compile(r"[^A-Z0-9.&/ -]")
PARTED = re.compile(r"[\s\u2010-\u2015-]")


def sort_code(text: str) -> str:
    """Six digits out of 20-45-67, 20 45 67 or 204567; Invalid, in words, for anything else."""
    bare = PARTED.sub("", text)
    if not bare:
        raise Invalid("Enter the sort code.", field="sort_code")
    if not re.fullmatch(r"[0-9]{6}", bare):
        raise Invalid(_why(bare, "A sort code has six digits, like 20-45-67."), field="sort_code")
    if bare == "000000":
        raise Invalid("There is no sort code 00-00-00.", field="sort_code")
    return bare


def account_number(text: str) -> str:
    """Eight digits, a number of six or seven filled up with noughts; Invalid for anything else."""
    bare = PARTED.sub("", text)
    if not bare:
        raise Invalid("Enter the account number.", field="number")
    if not re.fullmatch(r"[0-9]{6,8}", bare):
        words = "An account number has eight digits, like 12345678; some have six or seven."
        raise Invalid(_why(bare, words), field="number")
    if set(bare) == {"0"}:
        raise Invalid("There is no account number of noughts only.", field="number")
    return bare.zfill(8)


def _why(bare: str, otherwise: str) -> str:
    if re.search(r"\d[OoIl]|[OoIl]\d", bare) and not re.search(r"[^0-9OoIl]", bare):
        return f"There is a letter among the digits (O for 0, or l for 1?). {otherwise}"
    if re.match(r"[A-Za-z]{2}\d{2}", bare):
        return f"This looks like an IBAN. {otherwise}"
    if bare.isdecimal():
        return f"You entered {len(bare)} digits. {otherwise}"
    return otherwise


def holder_name(text: str) -> str:
    """The name on the account as typed; Invalid where nothing of it could be sent to a bank."""
    name = " ".join(text.split())
    if not name:
        raise Invalid("Enter the name on the account.", field="holder")
    if len(name) > 60:
        raise Invalid("A name on an account has at most 60 characters.", field="holder")
    if not re.search(r"[A-Z0-9]", for_bank(name)):
        raise Invalid("Write the name in Latin letters, as the bank does.", field="holder")
    return name


def for_bank(text: str, length: int = BANK_LENGTH) -> str:
    """A text as banks take it: capitals without accents, few marks, at most 18 characters.

    It never begins with a mark that a spreadsheet takes for a formula.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()
    return " ".join(NOT_FOR_BANKS.sub(" ", plain).split()).lstrip("-. ")[:length].rstrip()


def masked(tail: str) -> str:
    """What a page shows of an account: its last digits and nothing else."""
    return f"••••{tail}"
