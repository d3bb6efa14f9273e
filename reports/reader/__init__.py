"""Spreadsheets as they come in: a file's bytes become typed tables, or a sentence why not."""

from reports.reader.checking import pre_check
from reports.reader.proposing import Proposal, propose, read_together, same_columns, together
from reports.reader.running import read_file
from reports.reader.shapes import Cell, FileRefused, Row, SheetData, Value, Workbook

__all__ = [
    "Cell",
    "FileRefused",
    "Proposal",
    "Row",
    "SheetData",
    "Value",
    "Workbook",
    "pre_check",
    "propose",
    "read_file",
    "read_together",
    "same_columns",
    "together",
]
