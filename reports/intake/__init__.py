"""Spreadsheets of people on their way in: columns proposed, rows understood, refusals back."""

from reports.intake.columns import missing_column, proposed, shape_of
from reports.intake.field import Field
from reports.intake.fields import BY_KEY, FIELDS, fields_of
from reports.intake.parsing import understand
from reports.intake.reading import Look, look, rows_of_file
from reports.intake.refusals import refusals

__all__ = [
    "BY_KEY",
    "FIELDS",
    "Field",
    "Look",
    "fields_of",
    "look",
    "missing_column",
    "proposed",
    "refusals",
    "rows_of_file",
    "shape_of",
    "understand",
]
