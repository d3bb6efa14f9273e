"""The forms of an import. Those of columns and spellings are made for each file."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, RadioField, SelectChoice
from wtforms.validators import NumberRange, Optional

from models.intake.actions.batches import Columns
from models.intake.rows import KINDS, POLICIES
from models.intake.spellings import NEW, Unknown
from reports.intake.columns import shape_of
from reports.intake.fields import BY_KEY, fields_of
from views.forms import BaseForm, ChoiceField, LookupField

TOGETHER = "\x1f"
MOST_TAUGHT = 100


class UploadForm(BaseForm):
    """A file, what it is about, and what it may do to facts that are on the books."""

    file = FileField(
        "Spreadsheet",
        description="Excel (.xlsx or .xls), OpenDocument (.ods) or text (.csv). Nothing is written "
        "to people before you have seen a preview.",
        validators=[FileRequired("Choose a file.")],
    )
    kind = RadioField(
        "What is in it?",
        choices=[SelectChoice(*pair) for pair in KINDS.items()],
        default=next(iter(KINDS)),
    )
    policy = RadioField(
        "Facts that are on the books already",
        choices=[SelectChoice(*pair) for pair in POLICIES.items()],
        default="fill",
        description="You can choose otherwise for single columns in the next step.",
    )


class ColumnsForm(BaseForm):
    """Which sheet and heading row, and which column is which field."""

    sheet = ChoiceField("Sheet", empty="The one that fits best")
    header_row = IntegerField(
        "Row that holds the headings",
        description="As Excel numbers it; 0 where there are no headings.",
        validators=[Optional(), NumberRange(0, 1000, "Enter a row number from 0 to 1000.")],
    )
    council = LookupField(
        "Council of everybody in the file",
        kind="council",
        description="Only where no column says it.",
        validators=[Optional()],
    )

    def mapped(self, outline: Mapping[str, Any]) -> Columns:
        """What was chosen."""
        headers = outline["headers"]
        columns = {heading: self[f"column_{at}"].data for at, heading in enumerate(headers)}
        mapping = {heading: key for heading, key in columns.items() if key}
        policies = {
            mapping[heading]: self[f"policy_{at}"].data
            for at, heading in enumerate(headers)
            if heading in mapping and self[f"policy_{at}"].data
        }
        fixed = {"council": self.council.data} if self.council.data else {}
        return Columns(
            sheets=tuple(outline["chosen"]),
            header_row=outline.get("asked_row"),
            columns=mapping,
            policies=policies,
            fixed=fixed,
            shape=shape_of(headers),
        )

    def asked_sheets(self) -> tuple[str, ...]:
        """The sheets chosen; several where they are read as one table."""
        return tuple((self.sheet.data or "").split(TOGETHER)) if self.sheet.data else ()


def columns_form(kind: str, outline: Mapping[str, Any], mapping: Mapping[str, Any]) -> ColumnsForm:
    """The form for a file of this outline, filled with a mapping."""
    fields: dict[str, Any] = {}
    choices = [SelectChoice(one.key, one.label) for one in fields_of(kind)]
    chosen, policies = mapping.get("columns", {}), mapping.get("policies", {})
    given: dict[str, Any] = {
        "sheet": TOGETHER.join(outline["chosen"]),
        "header_row": outline.get("asked_row", outline["header_row"]),
        "council": mapping.get("fixed", {}).get("council", ""),
    }
    for at, heading in enumerate(outline["headers"]):
        samples = ", ".join(f"‘{text}’" for text in outline["samples"][at]) or "empty"
        fields[f"column_{at}"] = ChoiceField(
            heading, empty="Leave out", choices=choices, description=f"For example {samples}"
        )
        fields[f"policy_{at}"] = ChoiceField(
            heading,
            empty="As for the whole file",
            choices=[SelectChoice(*pair) for pair in POLICIES.items()],
        )
        given[f"column_{at}"] = chosen.get(heading, "")
        key = chosen.get(heading)
        given[f"policy_{at}"] = policies.get(key, "") if key else ""
    form = type("ColumnsForm", (ColumnsForm,), fields)(data=given)
    form.sheet.choices = _sheets(outline)
    made: ColumnsForm = form
    return made


def has_policy(key: str | None) -> bool:
    """Whether a field may have a policy of its own."""
    return bool(key) and key in BY_KEY and BY_KEY[key].policy


def _sheets(outline: Mapping[str, Any]) -> list[SelectChoice]:
    together = outline["chosen"]
    choices = []
    if len(together) > 1:
        label = f"{len(together)} sheets as one table: {', '.join(together)}"
        choices.append(SelectChoice(TOGETHER.join(together), label[:120]))
    for sheet in outline["sheets"]:
        if sheet["rows"]:
            hidden = ", hidden" if sheet["hidden"] else ""
            label = f"{sheet['name']} ({sheet['rows']:,} rows{hidden})"
            choices.append(SelectChoice(sheet["name"], label))
    return choices


def _new_party(text: str) -> SelectChoice:
    return SelectChoice(f"{NEW}{text}", f"A new party called ‘{text}’")


class TeachForm(BaseForm):
    """What the unknown texts of a file mean."""

    def taught(self, unknown: Sequence[Unknown]) -> list[tuple[Unknown, str]]:
        """The texts that were given a meaning."""
        answers = [(one, self[f"meaning_{at}"].data) for at, one in enumerate(unknown)]
        return [(one, answer) for one, answer in answers if answer]


def teach_form(unknown: Sequence[Unknown], known: Mapping[str, Sequence[str]]) -> TeachForm:
    """The form for these texts; `known` are the names that each field can take."""
    fields: dict[str, Any] = {}
    for at, one in enumerate(unknown):
        rows = "1 row" if one.rows == 1 else f"{one.rows:,} rows"
        label = f"{one.text} ({rows})"
        if one.field == "council":
            fields[f"meaning_{at}"] = LookupField(
                label, kind="council", description="Empty: these rows are refused."
            )
            continue
        choices = [SelectChoice(name, name) for name in known.get(one.field, ())]
        if one.field == "party":
            choices.insert(0, _new_party(one.text))
        fields[f"meaning_{at}"] = ChoiceField(
            label, empty="Not known: refuse these rows", choices=choices
        )
    form: TeachForm = type("TeachForm", (TeachForm,), fields)()
    return form
