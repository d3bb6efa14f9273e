"""Walks every route as every reader, and says where the answer is not the one it should be.

What should be comes from the marks on the routes, the MATRIX, and the table PARAMETERS below: it
says for each parameter of an address which planted row is one's own, and whether another region's
row must be "not found". A route with a parameter that is not in the table cannot be walked, and
the test fails: add a line here, and if need be a row in planting.py.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from itertools import product
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule

from models.accounts.actions.signing_in import start_session
from models.accounts.roles import MATRIX, Permit, Role
from models.base import db
from models.search.actions.views import UNDECLARED, permit_of
from models.workshop.listing import LISTINGS
from reports.catalogue import CATALOGUE
from tests.cast import PEOPLE
from tests.house.planting import Garden, kept_of, sessions_of
from views.help import TOPICS
from views.people.inline import FACTS
from views.workshop.bulk import ACTIONS

MISSING_ID = 987_654_321
MISSING_UUID = "00000000-0000-4000-8000-000000000000"
OUT_OF_THE_WALK = frozenset({"static"})  # public files, no data

# Each table's canaries may be seen by whoever holds one of these permits.
MAY_SEE: dict[str, set[Permit]] = {
    "person": {
        Permit.PEOPLE_READ,
        Permit.COUNCILLORS_READ,
        Permit.CONTACTS_READ,
        Permit.FUNDING_READ,
    },
    "contact_point": {Permit.PEOPLE_READ, Permit.COUNCILLORS_READ},
    "union_membership": {Permit.PEOPLE_READ, Permit.COUNCILLORS_READ},
    "network_membership": {Permit.COUNCILLORS_READ},
    "delegate_term": {Permit.COUNCILLORS_READ},
    "political_fund_status": {Permit.PEOPLE_READ},
    "score": {Permit.FUNDING_SCORE},
    "moderation_note": {Permit.FUNDING_SCORE},
    "interest_declaration": {Permit.FUNDING_SCORE},
    "interest_lifted": {Permit.FUNDING_DECIDE},
    "eligibility_overrule": {Permit.FUNDING_READ},
    "lawful_basis": {Permit.PEOPLE_READ},
    "consent": {Permit.PEOPLE_READ},
    "person_note": {Permit.PEOPLE_READ},
    "interaction": {Permit.CONTACTS_READ},
    "confidential": {Permit.CONTACTS_CONFIDENTIAL},
    "removed": {Permit.CONTACTS_READ},
    "follow_up": {Permit.CONTACTS_READ},
    "ask": {Permit.CONTACTS_READ},
    "ask_person": {Permit.CONTACTS_READ},
    "application": {Permit.FUNDING_READ},
    "answer_sheet": {Permit.FUNDING_READ},
    "attachment": {Permit.FUNDING_READ},
    "invitation": {Permit.FUNDING_APPLY},
    "cost_line": {Permit.FUNDING_READ},
    "application_law": {Permit.FUNDING_READ},
    "law_answer": {Permit.FUNDING_READ},
    "application_step": {Permit.FUNDING_READ},
    "outcome": {Permit.FUNDING_READ},
    "payee": {Permit.FUNDING_READ},
    "payee_account": {Permit.PAYMENTS_MAKE},
    "award_condition": {Permit.FUNDING_READ},
    "payment_step": {Permit.FUNDING_READ},
    "paid_file": {Permit.PAYMENTS_MAKE},
    "paid_row": {Permit.PAYMENTS_MAKE},
    "refund": {Permit.FUNDING_READ},
    "refund_receipt": {Permit.PAYMENTS_MAKE},
    "write_off": {Permit.FUNDING_READ},
    "award_letter": {Permit.FUNDING_READ},
    "spending_report": {Permit.FUNDING_READ},
    "invoice": {Permit.FUNDING_READ},
    "receipt": {Permit.FUNDING_READ},
    "ledger": {Permit.BUDGET_READ},
    "budget_request": {Permit.BUDGET_READ},
    "confirmation": {Permit.PEOPLE_WRITE},
    "import_batch": {Permit.IMPORT},
    "import_row": {Permit.IMPORT},
    "import_write": {Permit.IMPORT},
    "sheet_cell": {Permit.IMPORT},
    "duplicate_pair": {Permit.PEOPLE_WRITE},
    "person_merge": {Permit.PEOPLE_WRITE},
    "person_merge_fold": {Permit.PEOPLE_WRITE},
    "export_record": {Permit.AUDIT_READ},
    "audit": {Permit.AUDIT_READ},
}

HOME = {"bob": "NWI", "nora": "NWI", "eve": "SO"}  # the readers who are held to a region
WROTE = {"bob": "NWI", "nora": "NORA", "eve": "SO"}  # the label of what they made themselves
CANARY = re.compile(r"canary[- ]([a-z]+)[- ]([a-z_]+)[- ]([a-z_]+)", re.IGNORECASE)
WRITE = re.compile(r"\s*(insert|update|delete|replace)\b", re.IGNORECASE)
LOOKUPS = ("person", "council", "ward", "constituency", "party", "branch", "user", "application")


@dataclass(frozen=True)
class Parameter:
    """How to fill one parameter: `own` takes the rows of a region.

    `scope` is "region" (another region's is 404), "owner" (anybody else's is 404), "open" (the
    same for all regions) or "each" (walk every value of `own`).
    """

    scope: str
    own: Callable[[SimpleNamespace], Any]
    missing: Any = MISSING_ID


def _rows(name: str) -> Callable[[SimpleNamespace], Any]:
    return lambda rows: getattr(rows, name).id


PARAMETERS: dict[str, Parameter] = {
    "person_id": Parameter("region", _rows("person")),
    "term_id": Parameter("region", _rows("term")),
    "role_id": Parameter("region", _rows("role")),
    "interaction_id": Parameter("region", _rows("interaction")),
    "contacts.restore.interaction_id": Parameter("region", _rows("removed")),
    "follow_up_id": Parameter("region", _rows("follow_up")),
    "note_id": Parameter("region", _rows("note")),
    "constituency_id": Parameter("open", _rows("area")),
    "groups.begin.council_id": Parameter("region", _rows("council")),
    "places.control.council_id": Parameter("region", _rows("council")),
    "places.ward_seats.council_id": Parameter("region", _rows("council")),
    "ask_id": Parameter("region", _rows("ask")),
    "reply_id": Parameter("region", _rows("reply")),
    "delegate_id": Parameter("region", _rows("delegate")),
    "group_id": Parameter("region", _rows("group")),
    "member_id": Parameter("region", _rows("member")),
    "meeting_id": Parameter("region", _rows("meeting")),
    "match_id": Parameter("region", _rows("match")),
    "seats.decide.term_id": Parameter("region", _rows("seat")),
    "seats.undo.term_id": Parameter("region", _rows("seat")),
    "plan_id": Parameter("open", _rows("plan")),
    "poll": Parameter("open", lambda _rows: "2026-05-07", "2026-13-07"),
    "application_id": Parameter("region", _rows("awarded")),
    **{
        f"funding.{verb}.application_id": Parameter("region", _rows("endorsed"))
        for verb in ("award", "decline", "send_back", "law_of_award")
    },
    **{
        f"funding.{verb}.application_id": Parameter("region", _rows("draft"))
        for verb in ("edit", "save", "autosave", "check", "submit", "law_of_draft")
    },
    "declaration_id": Parameter("region", _rows("declaration")),
    "fact_kind": Parameter("each", lambda _rows: ["email"], "no-such-kind"),
    "fact_id": Parameter("region", _rows("point")),
    "check_id": Parameter("region", _rows("fact_check")),
    "confirmation_id": Parameter("region", _rows("confirmation")),
    "attachment_id": Parameter("region", _rows("attachment")),
    "request_id": Parameter("region", _rows("request")),
    "year_end_id": Parameter("open", _rows("year_end")),
    "letter_id": Parameter("region", _rows("letter")),
    "receipt_id": Parameter("region", _rows("receipt")),
    "evidence.agent_statement.ending": Parameter(
        "each", lambda _rows: ["docx", "pdf", "xlsx"], "exe"
    ),
    "ending": Parameter("each", lambda _rows: ["docx", "pdf"], "exe"),
    "round_id": Parameter("open", _rows("round")),
    "rounds.section.key": Parameter("each", lambda _rows: ["s1"], "s99"),
    "rounds.new_question.key": Parameter("each", lambda _rows: ["s1"], "s99"),
    "rounds.question.key": Parameter("each", lambda _rows: ["q1"], "q99"),
    **{
        f"funding.{verb}.application_id": Parameter("region", _rows("draft"))
        for verb in ("part", "save_part", "autosave_part", "invite", "withdraw_link")
    },
    "part": Parameter("each", lambda _rows: ["s1"], "s99"),
    "batch_id": Parameter("region", _rows("batch")),
    "payment_id": Parameter("region", _rows("payment")),
    "condition_id": Parameter("region", _rows("condition")),
    "refund_id": Parameter("region", _rows("refund")),
    "write_off_id": Parameter("region", _rows("write_off")),
    "payee_id": Parameter("open", _rows("payee")),
    "account_id": Parameter("open", _rows("account")),
    "file_id": Parameter("open", _rows("paid_file")),
    "payments.batch_id": Parameter("open", _rows("payment_batch")),
    "payments.row_id": Parameter("open", _rows("paid_row")),
    "point_id": Parameter("region", _rows("point")),
    "consent_id": Parameter("region", _rows("consent")),
    "membership_id": Parameter("region", _rows("membership")),
    "pair_id": Parameter("region", _rows("pair")),
    "merging.reopen_pair.pair_id": Parameter("region", _rows("dismissed")),
    "merge_id": Parameter("region", _rows("merge")),
    "cell_id": Parameter("region", _rows("cell")),
    "sheets.batch_id": Parameter("region", _rows("sheet")),
    "tag_id": Parameter("open", _rows("tag")),
    "intake.undo_batch.batch_id": Parameter("region", _rows("applied")),
    "limit_id": Parameter("open", _rows("limit")),
    "figure_id": Parameter("open", _rows("figure")),
    "council_id": Parameter("open", _rows("council")),
    "ward_id": Parameter("open", _rows("ward")),
    "region_id": Parameter("open", _rows("region")),
    "user_id": Parameter("open", _rows("author")),
    "proposal_id": Parameter("open", lambda rows: rows.proposal.id),
    "view_id": Parameter("owner", lambda rows: rows.kept.view),
    "saved.restore.view_id": Parameter("owner", lambda rows: rows.kept.removed),
    "act_id": Parameter("owner", lambda rows: rows.kept.act),
    "people.fact": Parameter("each", lambda _rows: list(FACTS), "no-such-fact"),
    "people.undo.change": Parameter("open", lambda _rows: MISSING_ID),
    "saved.of_list": Parameter("each", lambda _rows: [*LISTINGS, *UNDECLARED], "no-such-list"),
    "bulk.kind": Parameter("each", lambda _rows: list(ACTIONS), "no-such-act"),
    "session_id": Parameter("owner", lambda rows: rows.session_id),
    "outbox.row_id": Parameter("open", lambda rows: rows.outbox.id, MISSING_UUID),
    "intake.row_id": Parameter("region", _rows("row")),
    "token": Parameter("each", lambda _rows: ["made-up.token"], "made-up.token"),
    "places.code": Parameter("open", lambda rows: rows.region.code, "NOWHERE"),
    "help.topic": Parameter("each", lambda _rows: list(TOPICS), "no-such-topic"),
    "reports.key": Parameter("each", lambda _rows: list(CATALOGUE), "no-such-report"),
}

# Routes whose argument asks for a further permit: a report has its own.
ALSO_NEEDS: dict[str, Callable[[dict[str, Any]], Permit]] = {
    "attachments.download": lambda _values: Permit.FUNDING_READ,
    "bulk.act": lambda values: ACTIONS[values["kind"]].permit,
    "saved.new": lambda values: permit_of(values["of_list"]),
    "reports.ask": lambda values: CATALOGUE[values["key"]].permit,
    "reports.workbook": lambda values: CATALOGUE[values["key"]].permit,
}

# Answers beside the usual ones, each with its reason.
ALSO_RIGHT: dict[tuple[str, str], set[int]] = {
    # another report's receipt is not this one's, whoever asks
    ("evidence.change_receipt", "mixed"): {404},
    ("evidence.remove", "mixed"): {404},
    ("search.lookup", "own"): {404},  # a lookup of no kind
    ("rounds.move_part", "own"): {404},  # a part that the form does not have
    ("rounds.remove_part", "own"): {404},
    ("budget.show_year_end", "own"): {404},  # the national office's own; a region has none
    ("people.undo", "own"): {404},  # a change of no record
    ("people.undo", "foreign"): {404},
    ("sheets.decide_cell", "mixed"): {404},  # another sheet's cell, whoever asks
}

SEEN = {200, 204, 302, 303}
REFUSED_INPUT = {400, 409, 422}


@dataclass(frozen=True)
class Call:
    """One request of the walk. `variant` is own, foreign, mixed, missing, or probe."""

    endpoint: str
    method: str
    path: str
    variant: str
    values: dict[str, Any]
    query: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)


@dataclass
class Report:
    """What the walk found."""

    reader: str
    routes: int = 0
    calls: int = 0
    mismatches: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)

    @property
    def faults(self) -> list[str]:
        """Everything that must not be."""
        return self.mismatches + self.leaks + self.writes

    def __str__(self) -> str:
        counts = (
            f"{self.reader}: {self.routes} routes covered in {self.calls} requests, "
            f"{len(self.mismatches)} mismatches, {len(self.leaks)} foreign canaries, "
            f"{len(self.writes)} reads that wrote, {len(self.seen)} kinds of own canaries seen"
        )
        return "\n  ".join([counts, *self.faults])


def walkable(app: Flask) -> list[Rule]:
    """Every rule of the house, in the order of their paths."""
    found = (rule for rule in app.url_map.iter_rules() if rule.endpoint not in OUT_OF_THE_WALK)
    return sorted(found, key=lambda rule: (rule.rule, sorted(rule.methods or ())))


def parameter(rule: Rule, name: str) -> Parameter | None:
    """What the table says about a parameter: of this endpoint, of its room, or in general."""
    room = rule.endpoint.split(".")[0]
    ways = (f"{rule.endpoint}.{name}", f"{room}.{name}", name)
    return next((PARAMETERS[way] for way in ways if way in PARAMETERS), None)


def unknown_parameters(app: Flask) -> list[str]:
    """Parameters that nobody has said how to fill."""
    return [
        f"{rule.endpoint}: {name}"
        for rule in walkable(app)
        for name in sorted(rule.arguments)
        if parameter(rule, name) is None
    ]


class Walker:
    """One reader's walk; `None` is a stranger. Each request is rolled back before the next."""

    def __init__(self, app: Flask, garden: Garden, reader: str | None) -> None:
        self.app, self.garden, self.reader = app, garden, reader
        self.role = PEOPLE[reader][1] if reader else None
        self.home = HOME.get(reader or "")
        self.own = copy(garden.rows[self.home or "NWI"])
        self.foreign = copy(garden.rows["NWI" if self.home == "SO" else "SO"])
        self.own.outbox = self.foreign.outbox = garden.rows["NOT"].outbox
        self.own.proposal = self.foreign.proposal = garden.rows["NOT"].proposal
        if reader == "nora":
            for name in ("batch", "row", "applied", "sheet", "cell"):
                setattr(self.own, name, getattr(self.own, f"{name}_of_nora"))
        self.report = Report(reader or "stranger")
        self.statements: list[str] = []
        self.cookie = self._sign_in()
        self.before = self._foreign_rows()

    def walk(self, only: Callable[[Rule], bool] = lambda _rule: True) -> Report:
        """Every route that `only` lets through."""
        adapter = self.app.url_map.bind("localhost")
        listen = (db.engine, "before_cursor_execute", self._note)
        sa.event.listen(*listen)
        try:
            for rule in filter(only, walkable(self.app)):
                self.report.routes += 1
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    for call in self._calls(rule, method, adapter):
                        self._try(call)
        finally:
            sa.event.remove(*listen)
        return self.report

    def _sign_in(self) -> str | None:
        other = self.garden.user("alice" if self.reader == "grace" else "grace")
        start_session(other, hours=1)
        self.foreign.session_id = next(sessions_of(other)).id
        # A stranger has none of these.
        self.own.session_id = MISSING_ID
        none = SimpleNamespace(view=MISSING_ID, removed=MISSING_ID, act=MISSING_ID)
        self.own.kept, self.foreign.kept = none, kept_of(other)
        if self.reader is None:
            return None
        user = self.garden.user(self.reader)
        start_session(user, hours=1)
        self.own.session_id = next(sessions_of(user)).id
        self.own.kept = kept_of(user)
        token = start_session(user, hours=12)
        db.session.commit()
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["token"], session["seen"] = token, 4_000_000_000
        return str(client.get_cookie("hustings").value)

    # ---- what is asked ----

    def _calls(self, rule: Rule, method: str, adapter: Any) -> Iterator[Call]:
        for variant, values in self._variants(rule):
            path = adapter.build(rule.endpoint, values, method)
            call = Call(rule.endpoint, method, path, variant, values)
            yield call
            if variant == "own" and self._holds(call):
                for query, body in self._probes(rule, method):
                    probe = {"variant": "probe", "query": query, "body": body}
                    yield Call(**{**vars(call), **probe})

    def _variants(self, rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
        known = {name: parameter(rule, name) for name in sorted(rule.arguments)}
        spread = {name: one.own(self.own) for name, one in known.items()}
        names = list(spread)
        lists = [v if known[n].scope == "each" else [v] for n, v in spread.items()]
        for chosen in product(*lists):
            yield "own", dict(zip(names, chosen, strict=True))
        if not names or self.reader is None:
            return
        first = dict(zip(names, (values[0] for values in lists), strict=True))
        yield "missing", {name: one.missing for name, one in known.items()}
        bound = [name for name in names if known[name].scope in ("region", "owner")]
        if bound:
            others = {n: one.own(self.foreign) for n, one in known.items() if one.scope != "each"}
            yield "foreign", {**first, **others}
            if len(bound) > 1:
                yield from (("mixed", {**first, name: others[name]}) for name in bound)

    def _probes(self, rule: Rule, method: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """The same address with another region's things in the question or in the form."""
        other = self.foreign
        ids = {
            "person": other.person.id,
            "council": other.council.id,
            "region": other.region.id,
            "application": other.endorsed.id,
            "interaction": other.interaction.id,
            "branch": other.branch.id,
            "node": other.node.id,
            "batch": other.batch.id,
        }
        named = {**ids, **{f"{name}_id": value for name, value in ids.items()}}
        if method == "POST":
            if self.home:
                words = {"people": ids["person"], "regions": ids["region"], "owner": 1}
                text = {"summary": "x", "what": "x", "body": "x", "channel": "phone", "q": "canary"}
                yield {}, {**named, **words, **text}
            return
        yield {"q": "canary"}, {}
        if "search" in rule.endpoint:
            yield from (({"q": "canary", "kind": kind}, {}) for kind in LOOKUPS)
        if self.home and not rule.arguments:
            yield {"region": other.region.id, "region_id": other.region.id}, {}
            yield {"region": other.region.code}, {}
            yield named, {}

    # ---- what should be answered ----

    def _holds(self, call: Call) -> bool:
        return self._missing_permits(call) == set()

    def _missing_permits(self, call: Call) -> set[Permit]:
        view = self.app.view_functions[call.endpoint]
        needed = {view.permit} if hasattr(view, "permit") else set()
        seen = ("own", "probe") if self.home else ("own", "probe", "foreign")
        if call.endpoint in ALSO_NEEDS and call.variant in seen:
            needed.add(ALSO_NEEDS[call.endpoint](call.values))
        return needed - (MATRIX[Role(self.role)] if self.role else set())

    def _right(self, call: Call) -> set[int]:
        if hasattr(self.app.view_functions[call.endpoint], "open_because"):
            return set(range(200, 500))
        if self.reader is None:
            return {302}
        if self._missing_permits(call):
            return {403}
        if call.variant == "probe":
            return set(range(200, 500))
        if call.variant == "missing" or (call.variant in ("foreign", "mixed") and self._kept(call)):
            return {404}
        usual = SEEN if call.method == "GET" else SEEN | REFUSED_INPUT
        return usual | ALSO_RIGHT.get((call.endpoint, call.variant), set())

    def _kept(self, call: Call) -> bool:
        """True if what is asked for is not this reader's to see."""
        rule = next(self.app.url_map.iter_rules(call.endpoint))
        scopes = {parameter(rule, name).scope for name in call.values}
        return "owner" in scopes or bool(self.home)

    def _may_see(self, label: str, table: str) -> bool:
        if self.role is None or label == "NOT":
            return False
        if table.startswith(("import_", "sheet_")) and self.home:
            return label == WROTE[self.reader]
        if self.home and label not in (self.home, "BOTH"):
            return False
        if table == "confidential" and label == WROTE.get(self.reader):
            return True
        return bool(MAY_SEE[table] & MATRIX[Role(self.role)])

    # ---- asking ----

    def _try(self, call: Call) -> None:
        self.report.calls += 1
        self.statements.clear()
        savepoint = db.engine.begin_nested()
        try:
            client = self.app.test_client()
            if self.cookie:
                client.set_cookie("hustings", self.cookie)
            answer = client.open(
                call.path, method=call.method, query_string=MultiDict(call.query), data=call.body
            )
            self._judge(call, answer)
        finally:
            db.session.remove()
            savepoint.rollback()

    def _judge(self, call: Call, answer: Any) -> None:
        where = f"{call.method} {call.path} {call.query or ''} ({call.endpoint}, {call.variant})"
        right = self._right(call)
        if answer.status_code not in right:
            wanted = "/".join(map(str, sorted(right))) if len(right) < 20 else "below 500"
            self.report.mismatches.append(f"{where}: {answer.status_code}, not {wanted}")
        for label, table, column in set(CANARY.findall(words_of(answer))):
            here = (label.upper(), table.lower())
            if self._may_see(*here):
                self.report.seen.add(here)
            else:
                self.report.leaks.append(f"{where}: {label}-{table}-{column}")
        view = self.app.view_functions[call.endpoint]
        if call.method == "GET" and not hasattr(view, "keeps_register") and self.statements:
            self.report.writes.append(f"{where}: {self.statements[0][:80]}")
        if call.method == "POST" and self.home:
            self._judge_foreign_rows(where)

    def _judge_foreign_rows(self, where: str) -> None:
        counts = self._foreign_rows()
        if counts != self.before:
            words = f"wrote to another region: {self.before} → {counts}"
            self.report.mismatches.append(f"{where}: {words}")

    def _foreign_rows(self) -> tuple[int, ...]:
        ids = {"person": self.foreign.person.id, "region": self.foreign.region.id}
        counts = tuple(db.session.execute(FOREIGN_ROWS, ids).one())
        db.session.remove()
        return counts

    def _note(self, _conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if WRITE.match(statement):
            self.statements.append(statement)


FOREIGN_ROWS = sa.text(
    "select (select count(*) from interaction_person where person_id = :person),"
    " (select count(*) from follow_up where person_id = :person),"
    " (select count(*) from person_note where person_id = :person),"
    " (select count(*) from office_term where person_id = :person),"
    " (select count(*) from delegate_term where person_id = :person),"
    " (select count(*) from contact_point where person_id = :person),"
    " (select count(*) from application where region_id = :region or person_id = :person)"
)


def words_of(answer: Any) -> str:
    """Everything an answer says: its body, a workbook's every part, and where it points to."""
    content = answer.get_data()
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    heads = " ".join(f"{name}: {value}" for name, value in answer.headers if name != "Set-Cookie")
    return f"{heads}\n{content.decode('utf-8', 'replace')}"
