"""What is drawn once: the menu, alike for everybody of a role and for nobody else."""

from app.kept import kept
from tests.dom import parse


def test_a_part_is_drawn_once_for_the_same_values():
    drawn = []

    def macro(*given):
        drawn.append(given)
        return f"<p>{given}</p>"

    assert kept(macro, 1, ("a",)) == kept(macro, 1, ("a",))
    assert kept(macro, 2) != kept(macro, 1, ("a",))
    assert drawn == [(1, ("a",)), (2,)]


def areas(page):
    menu = page.one("nav", **{"aria-label": "Areas"})
    links = menu.all("a")
    marked = [link.text for link in links if link.get("aria-current")]
    return [link.text for link in links], marked


def test_each_role_has_its_own_menu_also_after_another_came(sign_in, cast):
    def opened(who, path):
        return areas(parse(sign_in(who).get(path).text))

    whole, marked = opened(cast.alice, "/funding")
    assert marked == ["Applications"]
    assert "Outbox" in whole
    part, marked = opened(cast.bob, "/funding")
    assert set(part) < set(whole)
    assert "Outbox" not in part
    assert marked == ["Applications"]
    assert opened(cast.alice, "/budget") == (whole, ["Budget"])
    assert opened(cast.alice, "/funding/board") == (whole, ["Applications"])
    assert opened(cast.alice, "/")[1] == ["Home"]
