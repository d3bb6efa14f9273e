"""The merge fields of an award letter: an allow-list, filled in as plain text. Pure.

A template is text, never code: `{{candidate}}` is looked up in the list below and nowhere else,
and what is filled in is not read again. A block such as `{{conditions}}` stands on its own line
and becomes as many lines as there are things to say.
"""

import re
from collections.abc import Mapping

FIELDS = {
    "reference": "the application's reference",
    "candidate": "the candidate's name",
    "post": "the post, such as Councillor",
    "place": "ward and council, or constituency",
    "region": "the union's region",
    "fund": "the fund's name",
    "poll_date": "the day of the poll",
    "award_date": "the day of the award",
    "today": "the day on which the letter was made",
    "amount": "what was awarded, in pounds",
    "asked_for": "what was asked for, in pounds",
    "recipient": "whom the money goes to",
    "legal_class": "what the award is in law",
    "s72_category": "its category under section 72",
    "donor_listing": "the union's entry in the Certification Officer's list, and when it was seen",
    "officer": "who signed the award",
    "report_by": "the day by which the spending report is due",
}
BLOCKS = {
    "conditions": "one line for each condition, with its day",
    "law_dates": "one line for each day the election law sets: bills, payment, return",
}
MOST_CHARACTERS = 12_000
MARK = re.compile(r"\{\{\s*([A-Za-z0-9_]{1,40})\s*\}\}")


def template_problem(text: str) -> str | None:
    """Why this text cannot be the template, or None: only fields of the list stand in it."""
    if not text.strip():
        return "Write the letter."
    if len(text) > MOST_CHARACTERS:
        return f"A letter has at most {MOST_CHARACTERS:,} characters."
    unknown = [name for name in MARK.findall(text) if name not in FIELDS and name not in BLOCKS]
    if unknown:
        names = ", ".join(f"{{{{{name}}}}}" for name in dict.fromkeys(unknown))
        return f"There is no field {names}. The fields that can stand here are listed below."
    rest = MARK.sub("", text)
    if "{{" in rest or "}}" in rest or "{%" in rest:
        return "A field is written like {{candidate}}: two braces, its name, two braces."
    for line in text.splitlines():
        found = [name for name in MARK.findall(line) if name in BLOCKS]
        if found and MARK.sub("", line).strip():
            return f"{{{{{found[0]}}}}} must stand on a line of its own."
    return None


def filled_in(text: str, values: Mapping[str, str], blocks: Mapping[str, list[str]]) -> str:
    """The template with its fields filled in; what is filled in is plain and is not read again."""
    lines = []
    for line in text.splitlines():
        block = next((name for name in MARK.findall(line) if name in BLOCKS), None)
        if block is not None:
            lines += [f"- {one_line(each)}" for each in blocks.get(block, [])] or ["None."]
        else:
            lines.append(MARK.sub(lambda found: one_line(values[found[1]]), line))
    return "\n".join(lines).strip()


def one_line(text: str) -> str:
    """A value on one line, without the characters that no file can hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
