"""What a row of a bank's file says of itself in words. Pure: a cell in, an answer out.

Words are compared whole: “Rejected” says that money came back, the name “Rejectson” does not.
"""

import re

from models.folding import APOSTROPHES, fold
from models.words import ABSENT, NO, YES, yes_or_no
from reports.reader.currencies import CURRENCIES, foreign_sign


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Money that came back or never left: a sign of it wherever it stands in a row, names left aside.
RETURNED = _words(
    """
    arucs arudd bounce bounced canceled cancellation cancelled chargeback declined dishonored
    dishonoured failed failure insufficient recall recalled recredit recredited refund refunded
    refused reject rejected rejection rejects repaid retd return returned returns reversal reversals
    reverse reversed rjct rtn rtnd unable unapplied undelivered unpaid unsuccessful
    """
)
PHRASES = (
    "account closed", "can not", "cannot", "could not", "credited back", "did not", "no account",
    "no funds", "paid back", "payment stopped", "refer to drawer", "refer to payer", "sent back",
    "stopped payment",
)  # fmt: skip
# “Not sent”, “has not yet been paid”: whatever is said to be done with a payment, and was not.
UNDONE = re.compile(
    r" (?:(?:could|did|has|have|is|was) )?(?:not|never)(?: (?:be|been|yet|fully|successfully))*"
    r" (?:accepted|applied|cleared|completed?|credited|delivered|executed|honou?red|made|paid"
    r"|processed|sent|settled|successful|taken) "
)
# “Couldn't” and “R/D”, as they are written: folded, they may be somebody's name.
SHORT = re.compile(
    rf"\b(?:ca|could|did|was|has|have|were)n[{APOSTROPHES}]t\b|\bR/D\b", re.IGNORECASE
)
# The same, where a column is there to say it: a name or a purpose never stands in these.
STATED = RETURNED | _words(
    """
    aborted arudds canc cancel deleted disputed error errors expired fail fails invalid rd rej ret
    rev rfd rtd stop stopped unp void voided withdrawn
    """
)
# A state that says that the money went. Whatever else a file says is not known to be a payment.
DONE = frozenset(
    (
        "accc", "acsc", "booked", "cleared", "complete", "completed", "debited", "done", "executed",
        "ok", "okay", "paid", "paid and matched", "paid out", "payment complete",
        "payment completed", "payment made", "payment processed", "payment sent",
        "payment successful", "posted", "processed", "processed successfully", "sent",
        "sent to bank", "sent to the bank", "settled", "succeeded", "success", "successful",
        "successfully processed",
    )
) | (YES - {"1", "on", "x"})  # fmt: skip
NIL = NO | ABSENT | {"", "0 00", "no error", "ok"}

COMING_IN = _words("bgc c cr credit dep directdep fpi in int") | {
    "automated credit", "bank giro credit", "cash dep", "cheque dep", "counter credit",
    "direct dep", "paid in",
}  # fmt: skip
GOING_OUT = _words("bp chg chq cpt d dd deb debit dr ebp fee fpo mtg out pos so") | {"d d", "s o"}
IN_WORDS = _words("deposit in inbound incoming inward lodgement receipt receipts received")
OUT_WORDS = _words("debit out outbound outgoing outward sent withdrawal")

POUNDS = frozenset(
    (
        "", "gb pound", "gb pounds", "gbp", "gbp sterling", "pound", "pound sterling", "pounds",
        "pounds sterling", "sterling", "stg", "uk pounds", "ukp",
    )
)  # fmt: skip
# Codes that are words in capitals as well; in a title they name no currency.
ALSO_WORDS = _words("RON TRY")
CURRENCY_WORDS = {"euro": "EUR", "euros": "EUR", "dollar": "dollars", "dollars": "dollars"}
STATED_CURRENCY = re.compile(r"\b(?:currency|ccy)\b[\s:=()\[\]-]*([^\W\d_]+|[€$£¥])", re.IGNORECASE)
MONEY_LINE = _words("account accounts amount amounts ccy currency statement")


def said_returned(text: str, *, stated: bool = False) -> str | None:
    """The word by which a cell says that money came back, as it stands there; None without one.

    `stated` is for a column of types or states, where shorter words count as well.
    """
    folded = fold(text)
    wanted = STATED if stated else RETURNED
    for word in folded.split():
        if word in wanted:
            return _as_written(word, text)
    if stated and " r d " in f" {folded} ":
        return "R/D"
    undone = UNDONE.search(f" {folded} ") or SHORT.search(text)
    if undone:
        return undone[0].strip()
    return next((phrase for phrase in PHRASES if f" {phrase} " in f" {folded} "), None)


def _as_written(word: str, text: str) -> str:
    written: list[str] = re.findall(r"\w+", text)
    return next((each for each in written if fold(each) == word), word)


def said_pending(text: str) -> bool:
    """True where a text says that the payment is still to come."""
    return bool({"pending", "pdng"} & set(fold(text).split()))


def is_done(text: str) -> bool:
    """True for a state that says that the money went."""
    return fold(text) in DONE


def says_no(text: str) -> bool:
    """True where the answer to “Paid?” or “Success” is no, words behind it or not."""
    return yes_or_no(text) is False or fold(text).split()[:1] in (["no"], ["not"], ["never"])


def is_nil(text: str) -> bool:
    """True where a column of returns or errors says that there was none."""
    return fold(text) in NIL or not any(mark.isalnum() for mark in text)


def direction_of(text: str) -> str | None:
    """ "in", "out", "open" (it may mean either) or None for what a column of types says."""
    folded = fold(text)
    words = set(folded.split())
    comes = folded in COMING_IN or bool(IN_WORDS & words)
    goes = folded in GOING_OUT or bool(OUT_WORDS & words)
    # “Direct credit” is what the payer's bank calls a payment, and what the payee's bank receives.
    credit = bool(words & {"credit", "cr"})
    if (comes or credit) and goes:
        return "open"
    if comes or goes:
        return "in" if comes else "out"
    return "open" if credit else None


def foreign(text: str) -> str | None:
    """The currency that a cell of currencies names, unless it is pounds."""
    if foreign_sign(text) is None and fold(text.replace("£", " ")) in POUNDS:
        return None
    return text.strip()


def currency_alone(text: str) -> str | None:
    """The other currency where a cell holds nothing but its code or name: EUR, euro, €."""
    bare = text.strip()
    known = bare in CURRENCIES or bare.lower() in CURRENCY_WORDS
    return bare if known or (len(bare) == 1 and foreign_sign(bare)) else None


def currency_named(text: str) -> str | None:
    """The other currency that a line over a table, or a sheet's name, says of the whole."""
    stated = STATED_CURRENCY.search(text)
    if stated and stated[1].lower() in POUNDS | {"£"}:
        return None
    if stated and (re.fullmatch("[A-Z]{3}", stated[1]) or foreign_amount(stated[1])):
        return stated[1]
    sign = foreign_sign(text)
    words: list[str] = re.findall(r"[^\W_]+", text)
    code = next((one for one in words if one in CURRENCIES - ALSO_WORDS), None)
    if sign or code or not MONEY_LINE & set(fold(text).split()):
        return sign or code
    return next((one for one in words if one.lower() in CURRENCY_WORDS), None)


def foreign_amount(text: str) -> str | None:
    """The currency written beside an amount or over a column of them, unless it is pounds."""
    sign = foreign_sign(text)
    if sign is not None:
        return sign
    words: list[str] = re.findall(r"[A-Za-z]{3,}", text)
    for word in words:
        if word.upper() in CURRENCIES:
            return word.upper()
        if word.lower() in CURRENCY_WORDS:
            return CURRENCY_WORDS[word.lower()]
    return None
