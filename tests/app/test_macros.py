"""The macros as a browser sees them: what is linked to what, and whether drawings are true."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, render_template, render_template_string
from flask_wtf import CSRFProtect
from markupsafe import Markup

from app import filters, kept, static_files, tables
from app.icons import ICONS
from tests.dom import Node, parse
from views import gallery

CONTROLS = {"input", "select", "textarea"}


@pytest.fixture(scope="module")
def site():
    app = Flask("app", root_path=static_files.FOLDER.parent.as_posix(), static_folder=None)
    app.config.update(SECRET_KEY="only for these tests", TESTING=True)
    CSRFProtect(app)
    static_files.set_up(app)
    for part in (filters, tables, kept):
        part.set_up(app)
    app.jinja_env.globals["form_key"] = lambda: "the-form's-own-key"
    app.context_processor(lambda: {"current_user": None})
    app.register_blueprint(gallery.bp)
    return app


@pytest.fixture(scope="module")
def page(site) -> Node:
    return parse(site.test_client().get("/_ui").text)


@pytest.fixture
def draw(site):
    def drawn(source: str, **context: object) -> Node:
        with site.test_request_context():
            return parse(render_template_string(source, **context))

    return drawn


@pytest.fixture
def wrong(page) -> Node:
    """The gallery's form with errors."""
    return page.where(lambda node: node.tag == "form" and bool(node.all(id="wrong-name")))[0]


@pytest.fixture
def fresh(page) -> Node:
    return page.where(lambda node: node.tag == "form" and bool(node.all(id="fresh-name")))[0]


def controls(node: Node) -> list[Node]:
    return node.where(lambda part: part.tag in CONTROLS and part.get("type") != "hidden")


def test_every_id_of_the_gallery_is_there_once(page):
    ids = [node["id"] for node in page.where(lambda node: "id" in node.attributes)]
    assert len(ids) == len(set(ids))


def test_every_reference_to_an_id_finds_it(page):
    ids = {node.get("id") for node in page.walk()}
    for name in ("aria-describedby", "aria-labelledby", "for", "aria-controls"):
        for node in page.where(lambda node, name=name: bool(node.get(name))):
            assert set(node[name].split()) <= ids, f"{name}={node[name]}"


def test_every_icon_used_is_in_the_sprite(page):
    used = {node["href"].split("#")[1] for node in page.all("use")}
    shapes = {node["id"] for node in page.all("symbol")}
    assert used - shapes <= set(ICONS)
    assert shapes <= used, "a shape that nothing shows"


# ---- Forms ----------------------------------------------------------------------------------
def test_every_control_has_a_label_or_a_name(page):
    labelled = {label.get("for") for label in page.all("label")}
    for control in controls(page):
        assert control.get("id") in labelled or control.get("aria-label"), control.attributes


def test_each_error_is_linked_to_its_control_and_each_control_is_marked(wrong):
    errors = wrong.all("p", "h-error")
    assert len(errors) >= 10
    for error in errors:
        (holder,) = [
            node for node in wrong.walk() if error["id"] in node.get("aria-describedby").split()
        ]
        marked = controls(holder) if holder.tag == "fieldset" else [holder]
        assert marked
        assert all(control["aria-invalid"] == "true" for control in marked)


def test_the_error_says_error_in_words_not_by_colour_alone(wrong):
    for error in wrong.all("p", "h-error"):
        assert error.text.startswith("Error:")


def test_a_field_without_an_error_is_not_marked(wrong):
    number = wrong.by_id("wrong-number")
    assert "aria-invalid" not in number.attributes
    assert number["value"] == "12A"


def test_hints_are_kept_beside_errors_and_come_first(wrong):
    council = wrong.by_id("wrong-council")
    assert council["aria-describedby"] == "wrong-council-hint wrong-council-error"
    assert wrong.by_id("wrong-council-hint").text == "Begin to type its name."


def test_every_hint_is_linked(page):
    for hint in page.where(lambda node: node.get("id").endswith("-hint")):
        assert page.where(
            lambda node, hint=hint: hint["id"] in node.get("aria-describedby").split()
        )


def test_groups_are_fieldsets_with_a_legend_linked_to_hint_and_error(wrong):
    radios = wrong.all("input", type="radio")
    group = radios[0].parent
    while group.tag != "fieldset":
        group = group.parent
    assert group.one("legend").text == "What election is it for?"
    assert group["aria-describedby"] == "wrong-election-hint wrong-election-error"


def test_the_summary_takes_focus_and_each_link_lands_on_a_control(page):
    summary = page.one("div", "h-errors")
    assert summary["role"] == "alert"
    assert summary["tabindex"] == "-1"
    assert "data-focus" in summary.attributes
    links = summary.all("a")
    assert len(links) == len(page.all("p", "h-error"))
    for link in links:
        target = page.by_id(link["href"].removeprefix("#"))
        assert target.tag in CONTROLS, link.text
        assert target["aria-invalid"] == "true"


def test_a_group_s_link_lands_on_its_first_choice(page):
    hrefs = {link["href"] for link in page.one("div", "h-errors").all("a")}
    assert {"#wrong-election-0", "#wrong-uses-0"} <= hrefs


def test_a_form_without_errors_has_no_summary(draw):
    with_none = draw("{{ ui.errors(form) }}", form=[])
    assert with_none.children == []


def test_optional_fields_say_so_and_nothing_is_required_by_the_browser(page, fresh):
    assert fresh.one("label", **{"for": "fresh-quote"}).text == "Quote or invoice (optional)"
    assert fresh.one("label", **{"for": "fresh-name"}).text == "Candidate’s full name"
    assert not page.where(lambda node: "required" in node.attributes)
    assert "novalidate" in fresh.attributes


def test_numbers_are_text_boxes_with_a_number_pad(fresh):
    amount = fresh.by_id("fresh-amount")
    assert (amount["type"], amount["inputmode"]) == ("text", "decimal")


def test_every_post_form_carries_one_token_and_no_get_form_does(page):
    for form in page.all("form"):
        tokens = form.all("input", name="csrf_token")
        assert len(tokens) == (1 if form.get("method") == "post" else 0), form.attributes


def test_a_lookup_is_a_text_box_with_a_list_beside_it(fresh):
    box = fresh.by_id("fresh-council")
    assert box["type"] == "text"
    suggestions = fresh.by_id("fresh-council-list")
    assert suggestions["role"] == "listbox"
    assert suggestions["data-source"] == "/search/lookup?kind=council"
    assert "hidden" in suggestions.attributes


def test_what_people_typed_is_escaped(draw):
    nasty = "<script>alert(1)</script>"
    drawn = draw(
        "{{ ui.page_head(x, x) }}{{ ui.status(x) }}{{ ui.person(x, x, x) }}{{ ui.empty(x, x) }}"
        "{{ ui.timeline([{'title': x, 'when': x, 'body': x}]) }}{{ ui.facts([(x, x)]) }}"
        "{{ ui.queue([{'label': x, 'href': x, 'detail': x}]) }}{{ ui.summary_list([(x, x)]) }}"
        "{{ ui.options([{'label': x, 'items': [{'label': x, 'value': x}]}]) }}",
        x=nasty,
    )
    assert not drawn.all("script")


# ---- Lists and records ----------------------------------------------------------------------
def test_tables_keep_their_meaning_as_cards(page):
    table = next(t for t in page.all("table", "h-table") if t.one("caption").text == "Councillors")
    assert table["role"] == "table"
    assert {node["role"] for node in table.all("tr")} == {"row"}
    assert {node["role"] for node in table.all("td")} == {"cell"}
    assert all(th["scope"] == "col" for th in table.one("thead").all("th"))
    assert all(th["scope"] == "row" for th in table.one("tbody").all("th"))
    headings = [th.text for th in table.one("thead").all("th")]
    for row in table.one("tbody").all("tr"):
        assert [td["data-label"] for td in row.all("td")] == headings[1:]


def test_only_the_sorted_column_says_so_and_money_is_on_the_right(page):
    table = next(t for t in page.all("table", "h-table") if t.one("caption").text == "Councillors")
    said = {th.text: th.get("aria-sort") for th in table.one("thead").all("th")}
    assert said.pop("Name") == "ascending"
    assert not any(said.values())
    assert "h-right" in table.one("thead").all("th")[3].classes


def test_an_empty_list_shows_what_to_do_instead(draw):
    drawn = draw(
        "{% set none_yet = ui.empty('None', 'Add one', 'Add', '/a') %}"
        "{% call(row, col) ui.table('Nobody', [], [], empty=none_yet) %}{% endcall %}"
    )
    assert not drawn.all("table")
    assert drawn.one("a")["href"] == "/a"


def test_an_unknown_fact_is_said_quietly(draw):
    drawn = draw(
        "{% call ui.facts([('Phone', none), ('Seats', 0), ('Site', m)]) %}"
        "{% call ui.fact('Tags') %} {% endcall %}{% endcall %}",
        m=Markup("<em>x</em>"),
    )
    values = [dd.text for dd in drawn.all("dd")]
    assert values == ["Not known", "0", "x", "Not known"]


def test_a_refused_button_says_why_and_sends_nothing(draw):
    drawn = draw("{{ ui.button('Award', because='You sent it yourself.') }}")
    assert drawn.one("button")["type"] == "button"
    assert drawn.one("button")["aria-disabled"] == "true"
    assert "You sent it yourself." in drawn.text


def test_the_current_page_of_the_pager_is_marked(page):
    pager = page.one("nav", "h-pager")
    assert pager.one("a", aria_current="page").text == "7"
    assert "301–350 of 998" in pager.text


def test_a_list_that_fits_on_one_page_has_no_pager(draw):
    page = gallery.SamplePage(number=1, pages=1, total=9)
    assert draw("{{ ui.pager(page) }}", page=page).children == []


# ---- Money ----------------------------------------------------------------------------------
FIGURES = gallery.Figures(25_000_000, 7_125_000, 9_640_000, 0)


def bar_of(drawn: Node) -> dict[str, Node]:
    return {rect["data-part"]: rect for rect in drawn.one("svg", "h-budget-bar").all("rect")}


def percent(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


@pytest.mark.parametrize(
    ("figures", "waiting"),
    [
        (FIGURES, 3_890_000),
        (FIGURES, 0),
        (gallery.Figures(25_000_000, 0, 0, 0), 0),
        (gallery.Figures(25_000_000, 1, 24_999_998, 0), 1),
        (gallery.Figures(10_000_000, 3_333_333, 3_333_334, 1_000_000), 500_000),
        (gallery.Figures(25_000_000, 9_000_000, 16_500_000, 500_000), 640_000),
        (gallery.Figures(0, 0, 0, 0), 0),
    ],
)
def test_each_part_of_the_bar_is_as_wide_as_its_figure(draw, figures, waiting):
    drawn = bar_of(draw("{{ ui.budget_bar(f, w) }}", f=figures, w=waiting))
    paid = figures.paid_p - figures.returned_p
    amounts = {"paid": paid, "committed": figures.committed_p, "waiting": waiting}
    amounts["left"] = max(figures.available_p - waiting, 0)
    scale = max(figures.cap_p, sum(amounts.values()), 1)
    begun = 0
    for name, amount in amounts.items():
        if not amount:
            assert name not in drawn
            continue
        assert percent(drawn[name]["width"]) == pytest.approx(100 * amount / scale, abs=0.001)
        assert percent(drawn[name]["x"]) == pytest.approx(100 * begun / scale, abs=0.001)
        assert int(drawn[name]["data-pence"]) == amount
        begun += amount


def test_the_bar_says_every_figure_in_words(draw):
    drawn = draw("{{ ui.budget_bar(f, 3890000) }}", f=FIGURES)
    assert drawn.one("svg", "h-budget-bar")["aria-label"] == (
        "Of £250,000: paid £96,400, committed £71,250, waiting for a decision £38,900, "
        "left £82,350, left if all waiting are awarded £43,450"
    )


def test_the_key_shows_the_same_fills_as_the_bar(draw):
    drawn = draw("{{ ui.budget_bar(f, 3890000) }}", f=FIGURES)
    in_bar = [rect.classes for rect in drawn.one("svg", "h-budget-bar").all("rect")]
    in_key = [svg.one("rect").classes for svg in drawn.all("svg", "h-swatch")]
    assert in_key == in_bar
    assert [rect["fill"] for rect in drawn.all("rect") if rect.get("fill")] == [
        "url(#h-stripes)"
    ] * 2


def test_more_waiting_than_left_is_said(draw):
    figures = gallery.Figures(25_000_000, 9_000_000, 16_500_000, 500_000)
    drawn = draw("{{ ui.budget_bar(f, 640000) }}", f=figures)
    assert "£6,400 more than is left" in drawn.one("p", "h-budget-over").text
    assert drawn.all("line", "h-cap-line")


def test_nothing_on_the_gallery_is_styled_inline(page):
    assert not page.all("style")
    assert not page.where(lambda node: "style" in node.attributes)
    assert not page.where(lambda node: any(name.startswith("on") for name in node.attributes))


# ---- Charts ---------------------------------------------------------------------------------
def test_a_chart_is_a_picture_with_a_finding_and_a_table_of_the_same_figures(page):
    charts = [figure for figure in page.all("figure", "h-chart") if figure.all(None, role="img")]
    assert len(charts) == 3
    for chart in charts:
        assert chart.one(None, role="img")["aria-label"]
        assert chart.one("details").one("summary").text == "Show as a table"
    by_region = charts[0]
    assert by_region.one(None, role="img")["aria-label"].startswith("London has had most")
    rows = [[cell.text for cell in row.children] for row in by_region.one("tbody").all("tr")]
    assert rows[0] == ["London", "£31,200", "£9,000", "£4,100", "£44,300"]
    assert [label.text for label in by_region.all("span", "h-bar-label")] == [r[0] for r in rows]


def test_bars_are_as_long_as_their_figures(draw):
    rows = [{"label": "A", "values": [300, 100]}, {"label": "B", "values": [100, 0]}]
    drawn = draw("{{ ui.chart_bars('T', rows, ['x', 'y']) }}", rows=rows)
    widths = [[percent(r["width"]) for r in bar.all("rect")] for bar in drawn.all("svg", "h-bar")]
    assert widths == [[75, 25], [25]]


def test_a_line_chart_with_gaps_says_a_dash(page):
    lines = next(f for f in page.all("figure") if "against plan" in f.one("figcaption").text)
    last = lines.one("tbody").all("tr")[-1]
    assert [cell.text for cell in last.children] == ["Mar", "–", "£108,000"]


@pytest.mark.parametrize("frame", ["layout.html", "layout_plain.html"])
def test_the_title_says_error_once_when_the_form_has_errors(draw, frame):
    source = "{% extends frame %}{% block title %}Sign in – Hustings{% endblock %}"
    with_errors = SimpleNamespace(errors={"email": ["x"]})
    assert draw(source, frame=frame).one("title").text == "Sign in – Hustings"
    assert (
        draw(source, frame=frame, form=with_errors).one("title").text == "Error: Sign in – Hustings"
    )
    said = "{% extends frame %}{% block title %}Error: Sign in – Hustings{% endblock %}"
    assert draw(said, frame=frame, form=with_errors).one("title").text.count("Error") == 1


# ---- Frame ----------------------------------------------------------------------------------
def test_the_page_begins_with_a_way_past_the_menu(page):
    body = page.one("body")
    assert body.all("a")[0]["href"] == "#main"
    assert page.by_id("main").tag == "main"


def test_htmx_is_kept_from_storing_pages_and_running_scripts(page):
    settings = page.one("meta", name="htmx-config")["content"]
    for wanted in (
        '"allowEval":false',
        '"historyCacheSize":0',
        '"includeIndicatorStyles":false',
        '"historyRestoreAsHxRequest":false',
        '"allowScriptTags":false',
        '"selfRequestsOnly":true',
        '"disableInheritance":true',
    ):
        assert wanted in settings


def test_an_undo_message_carries_its_way_back(page):
    toast = page.one("div", "h-toasts").all("div", "h-toast")[0]
    assert toast.one("p").text == "Contact logged"
    assert toast.one("form")["method"] == "post"
    assert page.one("div", "h-toasts")["role"] == "status"


def test_a_crash_page_needs_nobody_signed_in_and_no_database(site):
    with site.test_request_context():
        drawn = parse(
            render_template(
                "errors/page.html",
                status=500,
                title="Something went wrong",
                what_to_do="Try again.",
            )
        )
    assert drawn.one("h1").text == "Something went wrong"
    assert drawn.one("title").text == "Something went wrong – Hustings"
    assert re.search(r"Try again\.", drawn.text)


def test_no_macro_takes_the_name_of_another():
    text = (Path(__file__).parents[2] / "app/templates/ui/all.html").read_text("utf-8")
    names = re.findall(r"set (\w+) =", text)
    assert len(set(names)) == len(names), sorted(name for name in names if names.count(name) > 1)
