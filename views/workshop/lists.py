"""The page of a list: drawn from its declaration, with its question in the address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from models import clock
from models.accounts.roles import Permit
from models.search.queries.views import views_for
from models.workshop.asking import Question, ask, sentence
from models.workshop.listing import SORT, Column, Filter, Listing
from models.workshop.reading import counts, loaded, page
from views.asked import asked
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, Sort, here, page_number
from views.workshop.bulk import acts_for

CHOOSE = "choose"
PLACE = 987_654_321  # an id that no address has, to find where ids stand in one
PAGES: dict[str, "ListPage"] = {}  # by the name of the list, for what comes back to one


@dataclass(frozen=True)
class Button:
    """A button of the page's head, for those who hold its permit."""

    label: str
    endpoint: str
    permit: Permit
    icon: str = ""
    kind: str = "primary"
    shortcut: str = ""
    carries: tuple[str, ...] = ()

    def href(self, args: Mapping[str, str]) -> str:
        """Where it leads, with the filters that it carries there."""
        carried: dict[str, Any] = {name: args[name] for name in self.carries if name in args}
        return url_for(self.endpoint, **carried)


@dataclass(frozen=True)
class ListPage:
    """How a list is shown: what its page says beside the lines, and what may be done there.

    `cells` is a template with a macro for each column that is not drawn by its kind alone:
    `{% macro name(row, value, on) %}`; `words` are given to them, as `on.words`, and as `on.to` the
    addresses of `links`: each the page of a record, by its endpoint and the name of its id.
    `exports` are the workbooks that take the list's question, by key, with their buttons' labels.
    `under` is the list above it, by title and endpoint; `above` draws what stands over the list.
    `widths` and `cards` say what kind of thing stands in a column, and where a phone has it.
    """

    listing: Listing
    endpoint: str
    cells: str
    facts: str = ""
    under: tuple[str, str] | None = None
    above: Callable[[], str] = str
    buttons: tuple[Button, ...] = ()
    exports: Mapping[str, str] = field(default_factory=dict)
    export_permit: Permit = Permit.EXPORT_PEOPLE
    widths: Mapping[str, str] = field(default_factory=dict)
    cards: Mapping[str, str] = field(default_factory=dict)
    empty: str = ""
    hint: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def render(self) -> str:
        """The page, as the address asks for it."""
        question = ask(self.listing, reader(), asked())
        return render_template("listing.html", **_Shown(self, question).context)


def show(bp: Blueprint, shown: ListPage, rule: str = "") -> None:
    """Serve the list at a rule of the blueprint, under its own endpoint."""

    def view() -> ResponseReturnValue:
        return shown.render()

    view.__doc__ = f"The list: {shown.listing.title}."
    name = shown.endpoint.removeprefix(f"{bp.name}.")
    bp.add_url_rule(rule, name, needs(shown.listing.permit)(view))
    PAGES[shown.listing.name] = shown


@dataclass(frozen=True)
class _Shown:
    """One answer: the list, its question and the address at which it stands."""

    shown: ListPage
    question: Question

    @property
    def context(self) -> dict[str, Any]:
        """What the template asks."""
        listing, permits = self.shown.listing, reader().permits
        page_of = self._page()
        may_export = self.shown.export_permit in permits
        return {
            "listing": listing,
            "shown": self.shown,
            "above": Markup(self.shown.above()),  # noqa: S704 - a template's, or empty
            "question": self.question,
            "buttons": [one for one in self.shown.buttons if one.permit in permits],
            "exports": self._exports() if may_export else [],
            "tabs": self._tabs(),
            "saved": self._saved(),
            "view_acts": self._view_acts(),
            "said": sentence(self.question) if self.question.is_narrowed else "",
            "search": self._search(),
            "chips": self._chips(),
            "more": self._more(),
            "chosen": self._chosen(),
            "carried": self._kept(),
            "bulk_carried": dict([("of", listing.name), *self._kept()]),
            "page": page_of,
            "sort": Sort(self.question.sort, "desc" if self.question.descending else "asc"),
            "columns": self._columns(),
            "rows": self._rows(page_of.items),
            "acts": self._acts(may_export),
            "about": "id" if listing.about is None else "person_id",
            "action": url_for(self.shown.endpoint),
        }

    @cached_property
    def _counted(self) -> list[int]:
        """The lines under the question, each tab and each saved view, in one statement."""
        listing, who = self.shown.listing, reader()
        others = [ask(listing, who, one.args) for one in listing.tabs]
        others += [ask(listing, who, one.filters) for one in self._views]
        return counts([self.question, *others])

    @cached_property
    def _views(self) -> Sequence[Any]:
        return views_for(reader(), self.shown.listing.name)

    def _page(self) -> Page:
        number = page_number()
        found = page(self.question, number=number, size=PAGE_SIZE)
        return Page(list(found), number, self._counted[0])

    def _tabs(self) -> list[dict[str, Any]]:
        tabs = self.shown.listing.tabs
        return [
            self._view(one.label, one.args, count)
            for one, count in zip(tabs, self._counted[1:], strict=False)
        ]

    def _saved(self) -> list[dict[str, Any]]:
        found = self._counted[1 + len(self.shown.listing.tabs) :]
        return [
            {**self._view(one.name, one.filters, count), "detail": f"{count:,}"}
            for one, count in zip(self._views, found, strict=True)
        ]

    def _view_acts(self) -> list[dict[str, str]]:
        """What can be done with views: this one kept, all of them looked after."""
        acts = [{"label": "All saved views", "href": url_for("saved.index")}]
        if self.question.is_narrowed:
            args: dict[str, Any] = dict(self._kept())
            keep = url_for("saved.new", of_list=self.shown.listing.name, **args)
            acts.insert(0, {"label": "Save these filters as a view", "href": keep})
        if acts_for(self.shown.listing, reader()):
            acts.append({"label": "Done to many", "href": url_for("bulk.index")})
        return acts

    def _view(self, label: str, args: Mapping[str, str], count: int) -> dict[str, Any]:
        filters = {name: value for name, value in args.items() if name != SORT}
        return {
            "label": label,
            "count": count,
            "href": url_for(self.shown.endpoint, **dict[str, Any](args)),
            "current": filters == self.question.args,
        }

    def _search(self) -> dict[str, Any] | None:
        one = self.shown.listing.search
        if one is None:
            return None
        value = self.question.words.get(one.key, "")
        return {"name": one.key, "label": one.label, "value": value}

    def _chips(self) -> list[dict[str, Any]]:
        words = self.question.words
        return [
            {
                "key": one.key,
                "label": one.label,
                "value": words[one.key],
                "href": here(**{one.key: None, "page": None, CHOOSE: None}),
                "change": here(**{CHOOSE: one.key}) if one.shown else None,
            }
            for one in self.shown.listing.filters
            if one.key in words and one is not self.shown.listing.search
        ]

    def _more(self) -> list[dict[str, str]]:
        return [
            {"label": one.label, "href": here(**{CHOOSE: one.key})}
            for one in self._offered
            if one.key not in self.question.words
        ]

    @property
    def _offered(self) -> list[Filter]:
        listing = self.shown.listing
        return [one for one in listing.filters if one.shown and one is not listing.search]

    def _chosen(self) -> dict[str, Any] | None:
        """The filter that is being chosen, with its control: its options are looked up only now."""
        wanted = asked().one_of(CHOOSE, [one.key for one in self._offered])
        for one in self._offered:
            if one.key == wanted:
                options = one.options.all(reader()) if one.options is not None else ()
                value = self.question.args.get(one.key, "")
                return {"filter": one, "options": options, "value": value}
        return None

    def _kept(self) -> list[tuple[str, str]]:
        """What a search or a choice must not lose."""
        return [*self.question.args.items(), *self.question.sorting.items()]

    def _exports(self) -> list[dict[str, str]]:
        args: dict[str, Any] = dict(self._kept())
        return [
            {"label": label, "href": url_for("reports.ask", key=key, **args)}
            for key, label in self.shown.exports.items()
        ]

    def _acts(self, may_export: bool) -> list[tuple[str, str]]:
        acts = list(acts_for(self.shown.listing, reader()))
        return acts + (list(self.shown.exports.items()) if may_export and acts else [])

    def _columns(self) -> list[dict[str, Any]]:
        return [
            {
                "key": one.key,
                "label": one.label,
                "kind": self.shown.widths.get(one.key, "text"),
                "sort": bool(one.sort),
                "hidden_label": one.hidden_label,
                **({"align": "right"} if one.kind == "number" else {}),
                **({"card": self.shown.cards[one.key]} if one.key in self.shown.cards else {}),
            }
            for one in self._drawn
        ]

    @property
    def _drawn(self) -> list[Column]:
        return [one for one in self.shown.listing.columns if one.shown]

    def _rows(self, lines: Sequence[Any]) -> list[tuple[Any, list[Markup]]]:
        """Each line with what stands in its cells."""
        columns = self._drawn
        beside = loaded(columns, lines, reader())
        draw = [(one, _macro(self.shown.cells, one), beside.get(one.key, {})) for one in columns]
        on = SimpleNamespace(
            may={one.name for one in reader().permits},
            today=clock.today(),
            words=self.shown.words,
            to={name: _address(*where) for name, where in self.shown.links.items()},
        )
        return [
            (line, [macro(line, one.of(line, found), on) for one, macro, found in draw])
            for line in lines
        ]


def _address(endpoint: str, name: str) -> Callable[[int], str]:
    """The address of a record by its id: worked out once for all the rows of a page."""
    there: dict[str, Any] = {name: PLACE}
    before, _, after = url_for(endpoint, **there).partition(str(PLACE))
    return lambda number: f"{before}{number}{after}"


def _macro(cells: str, column: Column) -> Callable[..., Markup]:
    """The macro that draws the column's cells: the room's own, or the one of its kind."""
    own = current_app.jinja_env.get_template(cells).module
    found: Callable[..., Markup] | None = getattr(own, column.key, None)
    if found is not None:
        return found
    kinds = current_app.jinja_env.get_template("ui/cells.html").module
    by_kind: Callable[..., Markup] = getattr(kinds, column.kind)
    return by_kind
