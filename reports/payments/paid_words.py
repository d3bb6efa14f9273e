"""What a row of a bank's file says of itself in words. Pure: a cell in, an answer out.

Words are compared whole: “Rejected” says that money came back, the name “Rejectson” does not.
"""

import re
import unicodedata

from models.folding import fold
from models.words import ABSENT, NO, YES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Money that came back or never left: a sign of it wherever it stands in a row, names left aside.
RETURNED = _words(
    """
    arucs bounce bounced canceled cancellation cancelled chargeback declined dishonored dishonoured
    failed failure recall recalled recredit recredited refund refunded reject rejected rejection
    rejects repaid retd return returned returns reversal reversals reverse reversed rjct rtn rtnd
    unapplied undelivered unpaid unsuccessful
    """
)
PHRASES = (
    "account closed", "could not be paid", "credited back", "insufficient funds", "no account",
    "not applied", "not paid", "not processed", "not sent", "paid back", "payment stopped",
    "refer to drawer", "sent back", "unable to",
)  # fmt: skip
# The same, where a column is there to say it: a name or a purpose never stands in these.
STATED = RETURNED | _words(
    """
    aborted canc cancel deleted disputed error errors expired fail fails invalid refused rej ret
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
YES_NO = YES | NO | {""}
NIL = NO | ABSENT | {"", "0 00", "no error", "ok"}

COMING_IN = _words("bgc c cr credit dep fpi in int") | {
    "automated credit", "bank giro credit", "paid in",
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
CURRENCIES = _words(
    """
    AED AUD BGN BRL CAD CHF CNY CZK DKK EUR HKD HRK HUF IDR ILS INR ISK JPY KES KRW LKR MXN MYR NGN
    NOK NZD PHP PKR PLN RON RUB SAR SEK SGD THB TRY TWD UAH USD ZAR
    """
)
CURRENCY_WORDS = {"euro": "EUR", "euros": "EUR", "dollar": "dollars", "dollars": "dollars"}


def said_returned(text: str, *, stated: bool = False) -> str | None:
    """The word by which a cell says that money came back, as it stands there; None without one.

    `stated` is for a column of types or states, where shorter words count as well.
    """
    folded = fold(text)
    wanted = STATED if stated else RETURNED
    for word in folded.split():
        if word in wanted:
            return _as_written(word, text)
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
    bare = text.replace("£", " ")
    if not any(unicodedata.category(mark) == "Sc" for mark in bare) and fold(bare) in POUNDS:
        return None
    return text.strip()


def foreign_amount(text: str) -> str | None:
    """The currency written beside an amount, unless it is pounds."""
    for mark in text:
        if unicodedata.category(mark) == "Sc" and mark != "£":
            return mark
    words: list[str] = re.findall(r"[A-Za-z]{3,}", text)
    for word in words:
        if word.upper() in CURRENCIES:
            return word.upper()
        if word.lower() in CURRENCY_WORDS:
            return CURRENCY_WORDS[word.lower()]
    return None
