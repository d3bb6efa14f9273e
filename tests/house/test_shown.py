"""What tests/shown.py reads from a page is what a browser would send."""

import pytest

from tests.house.forms_as_shown import Crawler
from tests.house.planting import plant
from tests.shown import forms_of

PAGE = """
<form action="/save" method="post" id="one">
<input type="hidden" name="key" value="1"><input type="hidden" name="key" value="2">
<input name="town" value="Leeds">
<div class="h-field"><label>Day<span class="h-optional">(optional)</span></label>
<input type="date" name="day" value="14 May"></div>
<select name="kind"><option value="">Choose</option><option selected>ward</option></select>
<select name="first"><option value="a">A</option><option value="b">B</option></select>
<input type="checkbox" name="tick" value="x" checked><input type="checkbox" name="tick" value="y">
<input type="radio" name="way" value="left">
<textarea name="note">
two
lines</textarea>
<input name="off" value="never" disabled><fieldset disabled><input name="gone" value="1"></fieldset>
<template><input name="later" value="1"></template>
<button name="act" value="keep">Keep</button><button formaction="/drop">Drop</button>
<button type="button" name="no">No</button>
</form>
<input name="outside" value="too" form="one"><button form="one" name="key" value="3">Third</button>
"""


def test_a_form_sends_what_the_page_shows_in_its_order():
    form = forms_of(PAGE)[0]
    assert form.sent() == [
        ("key", "1"), ("key", "2"), ("town", "Leeds"), ("day", ""), ("kind", "ward"),
        ("first", "a"), ("tick", "x"), ("note", "two\r\nlines"), ("act", "keep"),
        ("outside", "too"),
    ]  # fmt: skip


def test_a_button_sends_its_own_name_to_its_own_address():
    form = forms_of(PAGE)[0]
    keep, drop, third = form.buttons
    assert [form.action_of(button) for button in form.buttons] == ["/save", "/drop", "/save"]
    assert ("act", "keep") not in form.sent(drop)
    assert form.sent(third)[-1] == ("key", "3")
    assert keep.words == "Keep"


def test_empty_fields_and_names_that_stand_twice_are_told():
    form = forms_of(PAGE)[0]
    assert {(part.name, part.optional) for part in form.empty} == {("day", True), ("way", False)}
    assert form.twice == {"key"}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_reader_reaches_the_pages_of_the_routes_and_what_they_link_to(app, cast):
    crawler = Crawler(app, plant(cast), "bob")
    pages = {page.path: page for page in crawler.pages()}
    shown = pages[f"/people/{crawler.own.person.id}"]
    assert len(shown.forms) > 1
    assert f"/people/{crawler.foreign.person.id}" not in pages
    assert any("?" in path for path in pages), "tabs are pages too"
