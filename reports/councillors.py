"""The Councillors' Network as a workbook: one row for each office that the reader's list shows."""

from models.councillors.list import COUNCILLORS
from reports.listed import workbook_of

TITLE = "Councillors' Network"
build = workbook_of(COUNCILLORS, TITLE)
