"""The cells of tables, and the pattern that fills the rows of a long one."""

from markupsafe import Markup

from app.tables import cells, filled, starts

COLUMNS = (
    {"key": "name", "label": "Name", "tight": True},
    {"key": "paid", "label": "Paid & booked", "align": "right"},
    {"key": "acts", "label": "Acts", "hidden_label": True},
)


def test_the_first_column_names_the_row_and_the_others_say_their_label():
    name, paid, acts = cells(COLUMNS)
    assert name[1:] == ('<th role="rowheader" scope="row" class="h-tight">', "</th>")
    assert paid[1] == '<td role="cell" data-label="Paid &amp; booked" class="h-right">'
    assert acts[1:] == ('<td role="cell" data-label="">', "</td>")


def test_a_row_that_is_written_at_once_is_the_row_that_is_written_by_cells():
    start, by_cell = starts(COLUMNS), cells(COLUMNS)
    written = [start[column["key"]] + column["key"] for column in COLUMNS]
    at_once = "".join([*written, start["end"]])
    one_by_one = "".join(opening + column["key"] + ending for column, opening, ending in by_cell)
    assert at_once == f'<tr role="row">{one_by_one}</tr>'


def test_what_fills_a_pattern_is_escaped_unless_it_is_markup():
    pattern = Markup("<td>%s</td><td>%s</td><td>%s</td>")
    row = filled(pattern, "<b>100 % %s</b>", Markup("<b>£1</b>"), 7)
    assert row == "<td>&lt;b&gt;100 % %s&lt;/b&gt;</td><td><b>£1</b></td><td>7</td>"
    assert isinstance(row, Markup)
