"""Plants recognisable words in every private column of every region, for the authorisation walk.

A canary reads `CANARY-SO-interaction-summary`: its region, its table, its column. Labels:

    NWI   belongs to North West & Irish (Bob, Nora)
    SO    belongs to Southern (Eve): foreign to Bob and Nora, as NWI is to Eve
    NORA  the rows of Nora's own import
    BOTH  the facts of a person with a home in NWI and an office in SO: both regions may see them
    NOT   what no page may show to anybody: the text of a mail, which may hold a sign-in link

`untold()` names every private text column that got no canary: a new column fails the walk until
somebody says here what belongs into it.
"""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from models import audit, clock, outbox
from models.accounts.roles import Permit
from models.accounts.tables import SignInSession, User, UserProposal
from models.attachments.tables import Attachment
from models.base import Base, db
from models.budget.actions import money as budget
from models.budget.actions.caps import allot_now
from models.budget.actions.tree import set_up_fund
from models.budget.approvals.tables import BudgetRequest
from models.budget.limits.tables import DelegatedLimit
from models.budget.tables import BudgetNode, Fund
from models.contacts.tables import FollowUp, Interaction, InteractionPerson
from models.councillors.tables import NetworkMembership, OfficeRole, OfficeTerm
from models.elections.tables import LegalFigure
from models.exports.tables import ExportRecord
from models.folding import fold
from models.freshness.tables import Confirmation, FactCheck
from models.funding.assessing.tables import (
    Criterion,
    InterestDeclaration,
    InterestLifted,
    ModerationNote,
    Score,
)
from models.funding.eligibility.tables import EligibilityOverrule
from models.funding.tables import (
    Application,
    ApplicationLaw,
    ApplicationStep,
    CostLine,
    LawAnswer,
)
from models.intake.sheets.tables import SheetCell
from models.intake.tables import ImportBatch, ImportRow, ImportWrite
from models.jobs.tables import Message
from models.merging.tables import DuplicatePair, PersonMerge, PersonMergeFold
from models.people.tables import (
    Consent,
    ContactPoint,
    LawfulBasis,
    PartyMembership,
    Person,
    PersonNote,
    PersonTag,
    PoliticalFundStatus,
    Tag,
    UnionMembership,
)
from models.places.tables import Council, CouncilRegion, Party, UnionBranch, Ward
from models.rounds.forms import to_json
from models.rounds.tables import AnswerSheet, FormVersion, Invitation, Round
from models.search.tables import BulkAct, SavedView
from models.year_end.tables import YearEnd
from tests.cast import PEOPLE
from tests.house.planting_afterwards import plant_afterwards
from tests.house.planting_network import plant_network
from tests.house.planting_payments import plant_payments
from tests.round_factories import FORM

WORD = "CANARY"
PRIVATE = frozenset({"personal", "special", "bank"})
DAY = date(2026, 11, 2)

# Not private by class, but written by a region: another one must not read them.
ALSO = {
    "application": {"purpose"},
    "budget_request": {"reason", "authority", "answer"},
    "application_law": {"recipient", "authority"},
    "cost_line": {"what"},
    "outcome": {"source"},
    "invoice": {"supplier", "number"},
    "import_batch": {"file_name", "source", "because"},
    "ledger": {"reason", "authority"},
    "contact_point": {"source"},
    "lawful_basis": {"source"},
    "political_fund_status": {"source"},
    "consent": {"wording"},
    "ask": {"title", "employer"},
    "delegate_term": {"source"},
}

# Private columns without a canary, each with its reason.
UNTOLD = {
    "user.email": "the cast's own, and everybody sees who works here",
    "user.name": "as above",
    "user_proposal.email": "somebody of the office's own, as of a user",
    "user_proposal.name": "as above",
    "sign_in_session.browser": "shown to its owner only; see tests/views/accounts",
    "person_word.word": "made of the planted names",
    "known_word.word": "made of the planted names",
    "saved_view.filters": "shown as the address of a list, to whoever may see the list",
    "bulk_act.selection": "made of the filters; shown to its author only",
    "bulk_act.details": "what its author typed; shown to its author only",
    "person.given_key": "the folded planted name",
    "person.family_key": "the folded planted name",
    "contact_point.value_key": "the folded planted value",
    "union_membership.status": "one of four words",
    "political_fund_status.status": "one of three words",
    "network_membership.status": "one of six words",
    "interaction.outcome": "one of a few words",
    "delegate_term.status": "one of seven words",
    "delegate_term.ended_from": "one of three words",
    "union_group_member.role": "one of three words",
    "union_group_member.whip": "one of four words",
    "ask_person.reply": "one of five words",
    "application.edited_with": "a browser's key",
    "application_law.recipient_key": "the folded planted name",
    "payee.name_key": "the folded planted name",
    "payee_account.sealed": "under seal; no page shows it, see tests/views/payments",
    "payee_account.tail": "four digits",
    "import_batch.content": "the uploaded file, read again by no page",
    "import_row.given": "needs the reader's own shape",
    "import_row.changes": "needs the planner's own shape",
}


def canary(label: str, table: str, column: str) -> str:
    """The word planted in one column of one region."""
    return f"{WORD}-{label}-{table}-{column}"


class Garden:
    """What was planted: `rows[label][name]` are stored things, `told` the columns with a canary."""

    def __init__(self, cast: SimpleNamespace) -> None:
        self.cast = cast
        self.user_ids = {name: cast.__dict__[name].id for name in PEOPLE}
        self.rows: dict[str, SimpleNamespace] = {}
        self.told: set[str] = set()

    def put(self, kind: type[Any], label: str, /, **values: Any) -> Any:
        """One row, with a canary in each private text column that `values` leaves open."""
        table = sa.inspect(kind).local_table
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            if column.name in values or name in UNTOLD or not wants_canary(column):
                continue
            values[column.name] = planted(column, canary(label, table.name, column.name))
            self.told.add(name)
        thing = kind(**values)
        db.session.add(thing)
        db.session.flush()
        return thing

    def user(self, name: str) -> User:
        """Somebody of the cast, as the session knows them now."""
        return db.session.get_one(User, self.user_ids[name])

    def tell(self, column: str) -> None:
        """Say that a column got its canary otherwise."""
        self.told.add(column)


def wants_canary(column: sa.Column[Any]) -> bool:
    """True for a text or JSON column that is private, or that a region wrote."""
    text = isinstance(column.type, sa.String | sa.Text | sa.JSON) or column.type.python_type is str
    private = column.info.get("class") in PRIVATE
    return text and (private or column.name in ALSO.get(column.table.name, ()))


def planted(column: sa.Column[Any], word: str) -> Any:
    """The canary in the shape of its column."""
    if isinstance(column.type, sa.JSON):
        return {"Canary": word}
    length = getattr(column.type, "length", None)
    assert length is None or length >= 20, f"{column} is too short for a canary"
    return word[:length] if length else word


def untold(garden: Garden) -> list[str]:
    """Private text columns of the schema that neither got a canary nor are excused above."""
    every = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if wants_canary(column)
    }
    return sorted(every - garden.told - UNTOLD.keys())


def plant(cast: SimpleNamespace, fund: Fund | None = None) -> Garden:
    """Two regions with everything in them, a person who belongs to both, and the office's rows.

    Without a fund that is there already, a small one is set up.
    """
    garden = Garden(cast)
    money = fund or _fund(cast)
    round_ = _round(garden, money)
    garden.criterion = garden.put(
        Criterion, "NWI", round_id=round_.id, position=1, weight=40, label="Local strength"
    )
    for label, author, code in (("NWI", cast.bob, "NWI"), ("SO", cast.eve, "SO")):
        rows = garden.rows[label] = SimpleNamespace(label=label, author=author)
        rows.region = cast.regions[code]
        _places(garden, rows)
        rows.person = _person(garden, label, rows)
        _office(garden, label, rows)
        _contacts(garden, label, rows, rows.person)
        plant_network(garden, rows)
        _applications(garden, rows, money)
        _duplicates(garden, rows)
        plant_payments(garden, rows)
        _sheets(garden, rows, round_)
        _import(garden, rows, label, author)
        _freshness(garden, rows)
        rows.attachment = garden.put(
            Attachment, label, media_type="application/pdf", size=5, sha256="0" * 64,
            content=b"%PDF-", region_id=rows.region.id, permit=Permit.FUNDING_READ.name,
            uploaded_by_id=author.id,
        )  # fmt: skip
    _import(garden, garden.rows["NWI"], "NORA", cast.nora)
    _shared_person(garden)
    _national(garden)
    _year_end(garden, money)
    db.session.commit()
    garden.rows = {label: plain(rows) for label, rows in garden.rows.items()}
    return garden


def plain(rows: SimpleNamespace) -> SimpleNamespace:
    """The ids alone: every request of the walk empties the session."""
    values = {
        name: SimpleNamespace(id=thing.id, code=getattr(thing, "code", None))
        if hasattr(thing, "id")
        else thing
        for name, thing in vars(rows).items()
    }
    return SimpleNamespace(**values)


def _places(garden: Garden, rows: SimpleNamespace) -> None:
    label = rows.label
    rows.council = garden.put(
        Council, label, code=f"Q{label}", name=f"Ambridge {label}",
        name_key=fold(f"Ambridge {label}"), official_name=f"Ambridge {label} Council",
        kind="unitary", nation="England",
    )  # fmt: skip
    garden.put(
        CouncilRegion, label, council_id=rows.council.id, region_id=rows.region.id, source="rule"
    )
    rows.ward = garden.put(
        Ward, label, council_id=rows.council.id, name="Abbey", name_key="abbey", seats=1
    )
    rows.branch = garden.put(
        UnionBranch, label, code=f"B{label}", name=f"Branch {label}", region_id=rows.region.id
    )
    rows.party = garden.put(Party, label, name=f"Party {label}")


def _person(garden: Garden, label: str, rows: SimpleNamespace) -> Person:
    given, family = canary(label, "person", "given_name"), canary(label, "person", "family_name")
    person = garden.put(
        Person, label, given_name=given, family_name=family, known_as=None,
        given_key=fold(given), family_key=fold(family), home_region_id=rows.region.id,
    )  # fmt: skip
    for column in ("given_name", "family_name", "known_as"):
        garden.tell(f"person.{column}")
    mail = f"{canary(label, 'contact_point', 'value')}@example.org"
    garden.tell("contact_point.value")
    rows.point = garden.put(
        ContactPoint, label, person_id=person.id, kind="email", value=mail,
               value_key=mail.lower(), preferred=True)  # fmt: skip
    rows.membership = garden.put(
        UnionMembership, label, person_id=person.id, number=f"{WORD}-{label}-number",
               branch_id=rows.branch.id, status="member")  # fmt: skip
    garden.tell("union_membership.number")
    garden.put(PoliticalFundStatus, label, person_id=person.id, status="contributes",
               starts_on=DAY)  # fmt: skip
    garden.put(PartyMembership, label, person_id=person.id, party_id=rows.party.id)
    garden.put(LawfulBasis, label, person_id=person.id, purpose="network", basis="legitimate",
               condition="not-for-profit", starts_on=DAY)  # fmt: skip
    rows.consent = garden.put(
        Consent, label, person_id=person.id, purpose="network", channel="e-mail",
               given_on=DAY)  # fmt: skip
    rows.tag = garden.put(Tag, label, name=f"Tag {label}", key=f"tag {label.lower()}")
    garden.put(PersonTag, label, person_id=person.id, tag_id=rows.tag.id)
    return person


def _office(garden: Garden, label: str, rows: SimpleNamespace) -> None:
    rows.term = garden.put(
        OfficeTerm, label, person_id=rows.person.id, council_id=rows.council.id,
        ward_id=rows.ward.id, party_id=rows.party.id, elected_on=DAY,
        expected_end=DAY + timedelta(days=1400),
    )  # fmt: skip
    rows.role = garden.put(OfficeRole, label, term_id=rows.term.id, kind="leader")
    rows.network = garden.put(NetworkMembership, label, person_id=rows.person.id, status="invited")


def _contacts(garden: Garden, label: str, rows: SimpleNamespace, person: Person) -> None:
    """What a region wrote about a person: open, confidential, a promise and a note."""
    for name in ("interaction", "confidential", "removed"):
        contact = garden.put(
            Interaction, label, at=clock.now(), channel="phone",
            confidential=name == "confidential",
            summary=canary(label, name, "summary"), outcome=None,
            removed_at=clock.now() if name == "removed" else None,
            region_id=rows.region.id, logged_by_id=rows.author.id,
        )  # fmt: skip
        garden.put(InteractionPerson, label, interaction_id=contact.id, person_id=person.id)
        setattr(rows, name, contact)
    garden.tell("interaction.summary")
    rows.follow_up = garden.put(
        FollowUp, label, interaction_id=rows.interaction.id, person_id=person.id,
        owner_id=rows.author.id, due_on=clock.today(),
    )  # fmt: skip
    rows.note = garden.put(
        PersonNote, label, person_id=person.id, region_id=rows.region.id,
        written_by_id=rows.author.id,
    )  # fmt: skip


def _freshness(garden: Garden, rows: SimpleNamespace) -> None:
    """A check of an address, and an answer of the person that waits."""
    rows.fact_check = garden.put(
        FactCheck, rows.label, kind="email", fact_id=rows.point.id, person_id=rows.person.id,
        verdict="bounced", by_id=rows.author.id,
    )  # fmt: skip
    said = {
        "kind": "email", "id": rows.point.id, "said": "change", "was": "the old one",
        "value": canary(rows.label, "confirmation", "said"),
    }  # fmt: skip
    rows.confirmation = garden.put(
        Confirmation, rows.label, person_id=rows.person.id, nonce_hash=rows.label.rjust(64, "0"),
        made_by_id=rows.author.id, expires_at=clock.now(), answered_at=clock.now(), said=[said],
    )  # fmt: skip
    garden.tell("confirmation.said")


def _fund(cast: SimpleNamespace) -> Fund:
    return set_up_fund(
        name="Walk fund", code="WALK", cap_p=25_000_000, starts_on=DAY,
        ends_on=DAY + timedelta(days=3000), max_grant_p=500_000, heads={"Campaigns": "CAMP"},
        allocations={"CAMP": {"NWI": 1_000_000, "SO": 1_000_000}}, by=cast.alice,
    )  # fmt: skip


def _applications(garden: Garden, rows: SimpleNamespace, fund: Fund) -> None:
    """A draft, one that waits, and one that was awarded; each with a cost line and a step."""
    label, alice = rows.label, garden.cast.alice
    leaf = db.session.scalars(
        sa.select(BudgetNode).where(BudgetNode.region_id == rows.region.id)
    ).one()
    rows.node = leaf
    allot_now(
        node=leaf, amount_p=-100, by=alice, key=f"walk-{label}",
        reason=canary(label, "ledger", "reason"), authority=canary(label, "ledger", "authority"),
    )  # fmt: skip
    rows.request = garden.put(
        BudgetRequest, label, fund_id=fund.id, kind="take-back", source_id=leaf.id, amount_p=100,
        asked_by_id=garden.cast.olive.id, idem=f"walk-{label}",
    )  # fmt: skip
    award = budget.commit(
        node_id=leaf.id, reference=f"EF-{label}-3", amount_p=50_000, by=alice, key=f"award-{label}"
    )
    sent = {"submitted_by_id": rows.author.id, "submitted_at": clock.now()}
    decided = {
        "decided_by_id": alice.id, "decided_at": clock.now(), "node_id": leaf.id,
        "awarded_p": 50_000, "award_id": award.id,
    }  # fmt: skip
    for number, (status, values) in enumerate(
        (("draft", {}), ("endorsed", sent), ("awarded", {**sent, **decided})), start=1
    ):
        application = garden.put(
            Application, label, reference=f"EF-{label}-{number}", fund_id=fund.id,
            region_id=rows.region.id, person_id=rows.person.id, council_id=rows.council.id,
            ward_id=rows.ward.id, poll_on=DAY + timedelta(days=180), status=status,
            contest_key=f"q{label}{number}", requested_p=100_000, drafted_by_id=rows.author.id,
            typed=None, **values,
        )  # fmt: skip
        garden.put(CostLine, label, application_id=application.id, position=1, amount_p=100_000)
        step = garden.put(
            ApplicationStep, label, application_id=application.id, step="submit",
            from_status="draft", to_status=status, by_id=rows.author.id,
        )  # fmt: skip
        garden.put(
            ApplicationLaw, label, application_id=application.id, legal_class="party-unit",
            s72_category="a", authority_on=DAY, classed_by_id=alice.id, classed_at=clock.now(),
        )  # fmt: skip
        for kind, more in (
            (Score, {"criterion_id": garden.criterion.id, "points": 3}),
            (ModerationNote, {}),
            (InterestDeclaration, {"answer": "none"}),
        ):
            garden.put(kind, label, application_id=application.id, by_id=alice.id, **more)
        rows.declaration = garden.put(
            InterestDeclaration, label, application_id=application.id,
            by_id=garden.cast.olive.id, answer="staff",
        )  # fmt: skip
        garden.put(
            InterestLifted, label, declaration_id=rows.declaration.id,
            declared_by_id=garden.cast.olive.id, by_id=alice.id,
        )  # fmt: skip
        garden.put(
            EligibilityOverrule, label, application_id=application.id, rule="member",
            by_id=alice.id,
        )  # fmt: skip
        garden.put(
            LawAnswer, label, application_id=application.id, step_id=step.id,
            warning="over-threshold", by_id=alice.id,
        )  # fmt: skip
        setattr(rows, status, application)
    plant_afterwards(garden, rows)
    for column in ("application.typed", "ledger.reason", "ledger.authority"):
        garden.tell(column)


def _duplicates(garden: Garden, rows: SimpleNamespace) -> None:
    """A pair that waits, one that was dismissed, and a record that was merged into the person."""
    label, author = rows.label, rows.author
    given, family = canary(label, "person", "given_name"), canary(label, "person", "family_name")
    twins = [
        garden.put(
            Person, label, given_name=given, family_name=family, known_as=None,
            given_key=fold(given), family_key=fold(family), home_region_id=rows.region.id,
            merged_into_id=into,
        )
        for into in (None, None, rows.person.id)
    ]  # fmt: skip
    open_one, dismissed, gone = twins
    pair = {"low_id": rows.person.id, "score": 65, "reasons": [["name", 35], ["ward", 30]]}
    rows.pair = garden.put(DuplicatePair, label, **pair, high_id=open_one.id, because=None)
    rows.dismissed = garden.put(
        DuplicatePair, label, **pair, high_id=dismissed.id, state="dismissed",
        decided_by_id=author.id, decided_at=clock.now(),
    )  # fmt: skip
    word = canary(label, "person_merge", "fields")
    rows.merge = garden.put(
        PersonMerge, label, kept_id=rows.person.id, gone_id=gone.id, by_id=author.id,
        fields={"known_as": [None, word]}, left=None, regions=[rows.region.id],
    )  # fmt: skip
    garden.tell("person_merge.fields")
    garden.tell("person_merge.left")
    garden.put(
        PersonMergeFold, label, merge_id=rows.merge.id, table="union_membership", row_id=1,
        column="employer", after=canary(label, "person_merge_fold", "after"),
        before=canary(label, "person_merge_fold", "before"), beside_table="union_membership",
        beside_id=1,
    )  # fmt: skip
    garden.tell("person_merge_fold.before")
    garden.tell("person_merge_fold.after")


def _round(garden: Garden, fund: Fund) -> Round:
    now = clock.now()
    round_ = garden.put(
        Round, "NWI", fund_id=fund.id, code="WALK-27", name="Walk round", published_at=now,
        poll_on=DAY + timedelta(days=180), opens_at=now - timedelta(days=9), late_allowed=True,
        closes_at=now + timedelta(days=9),
    )  # fmt: skip
    garden.put(
        FormVersion, "NWI", round_id=round_.id, number=1, content=to_json(FORM), in_use_at=now
    )
    return round_


def _sheets(garden: Garden, rows: SimpleNamespace, round_: Round) -> None:
    """The draft and the one that waits are in the round, with a candidate's link for the draft."""
    label = rows.label
    rows.round = round_
    for application in (rows.draft, rows.endorsed):
        garden.put(
            AnswerSheet, label, application_id=application.id, round_id=round_.id,
            form_version_id=round_.forms[0].id, edited_with={},
            answers={"q1": canary(label, "answer_sheet", "answers")},
            typed={"q3": canary(label, "answer_sheet", "typed")},
        )  # fmt: skip
    for column in ("answer_sheet.answers", "answer_sheet.typed"):
        garden.tell(column)
    garden.put(
        Invitation, label, application_id=rows.draft.id, nonce_hash=label.ljust(64, "0"),
        made_by_id=rows.author.id, expires_at=clock.now() + timedelta(days=9),
        sent_to=f"{canary(label, 'invitation', 'sent_to')}@example.org",
    )  # fmt: skip
    garden.tell("invitation.sent_to")


def _year_end(garden: Garden, fund: Fund) -> None:
    """The fund's closing, proposed into one that comes after it."""
    node = garden.put(BudgetNode, "NOT", level="fund", code="NEXT", name="Next fund")
    after = garden.put(
        Fund, "NOT", node_id=node.id, name="Next fund", starts_on=DAY + timedelta(days=3001),
        ends_on=DAY + timedelta(days=3300), max_grant_p=500_000,
    )  # fmt: skip
    end = garden.put(
        YearEnd, "NOT", fund_id=fund.id, next_fund_id=after.id, balance_p=0, authority="Executive",
        reason="The year is over", proposed_by_id=garden.cast.olive.id, idem="walk-end",
    )  # fmt: skip
    for label in ("NWI", "SO"):
        garden.rows[label].year_end = end


def _import(garden: Garden, rows: SimpleNamespace, label: str, author: Any) -> None:
    """Files that somebody brought in, one to look at and one done: theirs alone in a region."""
    name = canary(label, "import_row", "raw")
    outline = {
        "sheets": [{"name": "Sheet1", "rows": 1, "hidden": False, "refused": None}],
        "chosen": ["Sheet1"], "because": "", "notes": [], "header_row": 1, "headers": ["Name"],
        "rows": 1, "samples": [[canary(label, "import_batch", "outline")]],
    }  # fmt: skip
    whose = "_of_nora" if label == "NORA" else ""
    for kept, state in (("batch", "previewed"), ("applied", "applied")):
        batch = garden.put(
            ImportBatch, label, kind="councillors", file_hash="0" * 64, outline=outline,
            content=f"Name\n{name}\n".encode(), state=state, rows=1, refused=1,
            by_id=author.id, file_name=canary(label, "import_batch", "file_name") + ".csv",
        )  # fmt: skip
        row = garden.put(
            ImportRow, label, batch_id=batch.id, number=2, verdict="refused", given={},
            raw={"Name": name}, changes=None,
        )  # fmt: skip
        setattr(rows, kept + whose, batch)
    setattr(rows, f"row{whose}", row)
    garden.put(
        ImportWrite, label, batch_id=batch.id, row_id=row.id, table="person",
        subject_id=rows.person.id,
    )  # fmt: skip
    sheet = garden.put(
        ImportBatch, label, kind="sheet", file_hash="0" * 64, outline={}, content=None,
        state="uploaded", rows=1, by_id=author.id,
        file_name=canary(label, "import_batch", "file_name") + ".xlsx",
    )  # fmt: skip
    row = garden.put(
        ImportRow, label, batch_id=sheet.id, number=2, given={}, raw={"Name": name}, changes=None,
        subject_id=rows.person.id,
    )  # fmt: skip
    cell = garden.put(SheetCell, label, batch_id=sheet.id, row_id=row.id, field="email")
    setattr(rows, f"sheet{whose}", sheet)
    setattr(rows, f"cell{whose}", cell)
    for column in ("import_batch.file_name", "import_batch.outline", "import_row.raw"):
        garden.tell(column)


def _shared_person(garden: Garden) -> None:
    """Home in NWI, office in SO: both see the person, neither what the other wrote."""
    home, away = garden.rows["NWI"], garden.rows["SO"]
    both = SimpleNamespace(label="BOTH", region=home.region, branch=home.branch, party=home.party)
    person = both.person = _person(garden, "BOTH", both)
    garden.put(
        OfficeTerm, "BOTH", person_id=person.id, council_id=away.council.id, elected_on=DAY,
        expected_end=DAY + timedelta(days=1400),
    )  # fmt: skip
    for rows in (home, away):
        _contacts(garden, rows.label, SimpleNamespace(**vars(rows)), person)
    garden.rows["BOTH"] = both


def _national(garden: Garden) -> None:
    """The office's own rows: the outbox, the register, the audit."""
    alice = garden.cast.alice
    text = {"to": "somebody@example.org", "subject": "Hello", "text": canary("NOT", "mail", "text")}
    row = outbox.post("mail", text, key="walk")
    row.state = "failed"
    message = garden.put(
        Message, "NOT", outbox_id=row.id, message_id="<walk@example.org>", state="failed",
        to="somebody@example.org", subject="Hello",
    )  # fmt: skip
    for column in ("outbox.payload", "message.to", "message.subject"):
        garden.tell(column)
    proposal = garden.put(
        UserProposal, "NOT", what="add", email="fay@example.org", name="Fay Fir", role="finance",
        region_ids=[], proposed_by_id=garden.cast.olive.id,
    )  # fmt: skip
    garden.rows["NOT"] = SimpleNamespace(outbox=row, message=message, proposal=proposal)
    garden.put(
        ExportRecord, "NWI", report="councillors", by_id=alice.id, rows=1, file_hash="0" * 64,
        filter={}, purpose=canary("NWI", "export_record", "purpose"), recipient="Nobody",
    )  # fmt: skip
    for label in ("NWI", "SO"):
        audit.record(
            "user.changed", garden.cast.bob, by=alice,
            before={"x": canary(label, "audit", "before")},
            after={"x": canary(label, "audit", "after")},
        )  # fmt: skip
    limit = db.session.scalars(sa.select(DelegatedLimit)).first()
    figure = garden.put(
        LegalFigure, "NWI", key="s75.ward", label="A figure", topic="own", nation="UK",
        election="local", unit="formula", base_p=50_00, elector_tenths=5, rule="A rule.",
        in_use_by=DAY, source="A statute", checked_on=DAY, certainty="seen",
    )  # fmt: skip
    for label in ("NWI", "SO"):
        garden.rows[label].figure = figure
        garden.rows[label].limit = limit
    garden.tell("audit.before")
    garden.tell("audit.after")


def kept_of(user: Any) -> SimpleNamespace:
    """What a user keeps for themselves: a view, one that was removed, an act on many."""
    listed = "councillors" if Permit.COUNCILLORS_READ in user.permits else "funding"
    values = {"list": listed, "owner_id": user.id, "filters": {"text": "x"}}
    walk = uuid.uuid4().hex
    view = SavedView(name=f"A view of walk {walk}", **values)
    removed = SavedView(name=f"Gone in walk {walk}", removed_at=clock.now(), **values)
    act = BulkAct(
        kind="tag", form_key=f"walk-{walk}", selection="3 ticked", details={"tag": "x"},
        by_id=user.id,
    )  # fmt: skip
    db.session.add_all([view, removed, act])
    db.session.flush()
    return SimpleNamespace(view=view.id, removed=removed.id, act=act.id)


def sessions_of(user: Any) -> Iterator[SignInSession]:
    """The sign-in sessions of a user, oldest first."""
    yield from db.session.scalars(
        sa.select(SignInSession).where(SignInSession.user_id == user.id).order_by(SignInSession.id)
    )
