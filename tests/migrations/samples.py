"""Rows for each revision's tables, so that it is tested going up and down with data in the house.

Only what a constraint or a foreign key asks for is written here; the test fills the rest. A new
revision needs an entry; one that adds no table names the rows that its change touches.
"""

from datetime import UTC, date, datetime
from typing import Any

Row = tuple[str, dict[str, Any]]

POLL = date(2027, 5, 6)

SAMPLES: dict[str, list[Row]] = {
    "0028": [
        # users and regions
        ("union_region", {"id": 1, "code": "NW", "name": "North West"}),
        ("union_region", {"id": 2, "code": "NWI", "name": "North West & Irish"}),
        ("user", {"id": 1, "email": "ann@example.org", "role": "regional-officer"}),
        ("user_region", {"user_id": 1, "region_id": 2}),
        ("sign_in_session", {"id": 1, "token_hash": "0" * 64, "user_id": 1}),
        ("account_link", {"id": 1, "user_id": 1, "purpose": "invite", "nonce_hash": "1" * 64}),
        ("sign_in_attempt", {"id": 1}),
        # the audit and the outbox
        ("audit", {"seq": 1, "actor_id": 1, "event": "user.invited", "subject_kind": "user"}),
        ("outbox", {"id": "a-letter", "kind": "mail", "state": "waiting"}),
        # places
        ("party", {"id": 1, "name": "Labour Party"}),
        ("party_alias", {"id": 1, "key": "lab", "party_id": 1}),
        ("constituency", {"id": 1, "gss": "E14000001"}),
        ("council", {"id": 1, "code": "AMB", "name": "Ambridge"}),
        ("council", {"id": 2, "code": "BOR", "name": "Borchester"}),
        ("council_alias", {"id": 1, "key": "ambridge dc", "council_id": 1}),
        ("council_succession", {"id": 1, "from_id": 1, "to_id": 2}),
        ("council_region", {"id": 1, "council_id": 2, "region_id": 2, "source": "override"}),
        ("ward", {"id": 1, "council_id": 2, "name": "Abbey"}),
        ("union_branch", {"id": 1, "code": "B01", "region_id": 2}),
        # people
        ("person", {"id": 1, "given_name": "Priya", "family_name": "Kaur"}),
        ("contact_point", {"id": 1, "person_id": 1, "kind": "email"}),
        ("union_membership", {"id": 1, "person_id": 1, "branch_id": 1, "status": "member"}),
        ("party_membership", {"id": 1, "person_id": 1, "party_id": 1}),
        ("lawful_basis", {"id": 1, "person_id": 1}),
        ("consent", {"id": 1, "person_id": 1}),
        ("tag", {"id": 1, "name": "Speaker", "key": "speaker"}),
        ("person_tag", {"id": 1, "person_id": 1, "tag_id": 1}),
        ("person_note", {"id": 1, "person_id": 1, "body": "Prefers mornings"}),
        ("person_word", {"word": "priya", "person_id": 1}),
        # councillors
        ("office_term", {"id": 1, "person_id": 1, "council_id": 2, "ward_id": 1}),
        ("office_role", {"id": 1, "term_id": 1, "kind": "leader"}),
        ("network_membership", {"id": 1, "person_id": 1, "status": "joined"}),
        # contacts
        ("interaction", {"id": 1, "logged_by_id": 1, "channel": "phone"}),
        ("interaction_person", {"interaction_id": 1, "person_id": 1}),
        (
            "follow_up",
            {"id": 1, "interaction_id": 1, "person_id": 1, "owner_id": 1, "status": "open"},
        ),
        # the budget
        ("budget_node", {"id": 1, "level": "fund", "code": "E", "cap_p": 0, "handed_p": 0}),
        ("budget_path", {"node_id": 1, "ancestor_id": 1}),
        ("fund", {"id": 1, "node_id": 1, "fund_type": "political"}),
        ("award", {"id": 1, "node_id": 1, "reference": "A-1"}),
        ("ledger", {"id": 1, "node_id": 1, "kind": "allot", "amount_p": 25_000_000}),
        # applications
        ("application_number", {"year": 2026, "last": 1}),
        (
            "application",
            {
                "id": 1,
                "reference": "F26-0001",
                "fund_id": 1,
                "region_id": 2,
                "person_id": 1,
                "council_id": 2,
                "requested_p": 120_000,
                "poll_on": POLL,
                "status": "submitted",
                "drafted_by_id": 1,
            },
        ),
        ("cost_line", {"id": 1, "application_id": 1, "amount_p": 120_000}),
        (
            "application_step",
            {"id": 1, "application_id": 1, "to_status": "submitted", "by_id": 1, "idem": "k1"},
        ),
        # files brought in, and exports
        ("import_batch", {"id": 1, "state": "applied"}),
        ("import_row", {"id": 1, "batch_id": 1, "number": 1}),
        ("import_write", {"id": 1, "batch_id": 1, "row_id": 1}),
        ("saved_mapping", {"id": 1, "kind": "councillors", "shape": "s1"}),
        ("spelling", {"id": 1, "field": "council", "key": "ambridge"}),
        ("export_record", {"id": 1, "by_id": 1}),
        # letters
        ("message", {"id": 1, "outbox_id": "a-letter", "message_id": "<1@x>", "state": "waiting"}),
        # the law
        ("legal_figure", {"id": 1, "key": "s75.ward", "unit": "formula", "base_p": 5_000}),
        ("application_law", {"application_id": 1, "legal_class": "s75", "s72_category": "f"}),
        ("law_answer", {"id": 1, "application_id": 1, "step_id": 1, "by_id": 1}),
        # rounds
        ("attachment", {"id": 1, "size": 4, "content": b"%PDF", "removed_at": None}),
        (
            "round",
            {
                "id": 1,
                "fund_id": 1,
                "code": "LOCAL-27",
                "poll_on": POLL,
                "opens_at": datetime(2027, 1, 4, 9, tzinfo=UTC),
                "closes_at": datetime(2027, 2, 26, 17, tzinfo=UTC),
                "scores_needed": 2,
                "spread_flag": 30,
            },
        ),
        ("form_version", {"id": 1, "round_id": 1, "number": 1}),
        ("answer_sheet", {"application_id": 1, "round_id": 1, "form_version_id": 1}),
        ("answer_file", {"application_id": 1, "question": "q1", "attachment_id": 1}),
        ("invitation", {"id": 1, "application_id": 1, "nonce_hash": "2" * 64, "made_by_id": 1}),
        # assessing
        (
            "application_step",
            {"id": 2, "application_id": 1, "step": "endorse", "to_status": "endorsed", "by_id": 1},
        ),
        (
            "political_fund_status",
            {"id": 1, "person_id": 1, "status": "contributes", "ends_on": None},
        ),
        ("delegated_limit", {"id": 1, "user_id": 1}),
        ("eligibility_overrule", {"id": 1, "application_id": 1, "by_id": 1}),
        ("criterion", {"id": 1, "round_id": 1, "weight": 40}),
        ("score", {"id": 1, "application_id": 1, "criterion_id": 1, "by_id": 1}),
        ("moderation_note", {"id": 1, "application_id": 1, "by_id": 1}),
        ("interest_declaration", {"id": 1, "application_id": 1, "by_id": 1, "answer": "none"}),
        # payments
        ("award_condition", {"id": 1, "application_id": 1, "set_by_id": 1}),
        ("payee", {"id": 1, "kind": "party-unit", "added_by_id": 1}),
        ("payee_account", {"id": 1, "payee_id": 1, "entered_by_id": 1}),
        ("bank_layout", {"id": 1, "set_by_id": 1}),
        ("payment_batch_number", {"year": 2026, "last": 1}),
        ("payment_batch", {"id": 1, "payments": 1, "total_p": 120_000, "made_by_id": 1}),
        (
            "payment",
            {
                "id": 1,
                "application_id": 1,
                "amount_p": 120_000,
                "waits_for": "condition",
                "condition_id": 1,
                "payee_id": 1,
                "account_id": 1,
                "batch_id": 1,
                "status": "exported",
            },
        ),
        ("payment_step", {"id": 1, "payment_id": 1, "by_id": 1}),
        ("paid_file", {"id": 1, "by_id": 1}),
        ("paid_row", {"id": 1, "file_id": 1, "payment_id": 1, "verdict": "matched"}),
        ("refund", {"id": 1, "application_id": 1, "amount_p": 900, "asked_by_id": 1}),
        ("refund_receipt", {"id": 1, "refund_id": 1, "amount_p": 900, "by_id": 1, "entry_id": 1}),
        ("write_off", {"id": 1, "refund_id": 1, "amount_p": 900, "asked_by_id": 1}),
        # evidence
        ("outcome", {"id": 1, "application_id": 1, "recorded_by_id": 1}),
        ("letter_template", {"id": 1, "number": 1, "written_by_id": 1}),
        ("award_letter", {"id": 1, "application_id": 1, "number": 1, "made_by_id": 1}),
        ("spending_report", {"id": 1, "application_id": 1, "status": "open"}),
        ("reminder", {"id": 1, "application_id": 1, "kind": "bills", "outbox_id": "a-letter"}),
        ("invoice", {"id": 1, "net_p": 100, "vat_p": 20, "gross_p": 120, "shared_p": 60}),
        (
            "receipt",
            {"id": 1, "report_id": 1, "invoice_id": 1, "share_p": 60, "late": None},
        ),
        # the year’s end
        ("budget_node", {"id": 2, "level": "fund", "code": "F", "cap_p": 0, "handed_p": 0}),
        ("fund", {"id": 2, "node_id": 2, "fund_type": "political"}),
        ("user", {"id": 16, "email": "kim@example.org", "role": "national-officer"}),
        (
            "budget_request",
            {
                "id": 1,
                "fund_id": 1,
                "kind": "cap",
                "source_id": 1,
                "target_id": None,
                "amount_p": 100,
                "authority": "Executive",
                "status": "approved",
                "asked_by_id": 1,
                "decided_by_id": 16,
            },
        ),
        ("budget_plan", {"id": 1, "node_id": 1, "amount_p": 100}),
        ("award", {"id": 2, "node_id": 1, "reference": "A-2"}),
        ("award_carried", {"award_id": 2, "from_id": 1}),
        (
            "year_end",
            {
                "id": 1,
                "fund_id": 1,
                "next_fund_id": 2,
                "balance_p": 0,
                "status": "waiting",
                "proposed_by_id": 1,
            },
        ),
        (
            "year_end_line",
            {
                "id": 1,
                "year_end_id": 1,
                "award_id": 1,
                "amount_p": 1,
                "choice": "carry",
            },
        ),
        # searching, and acts on many
        ("known_word", {"id": 1, "word": "kaur"}),
        ("saved_view", {"id": 1, "list": "councillors", "name": "Due", "owner_id": 1}),
        ("bulk_act", {"id": 1, "kind": "tag", "by_id": 1}),
        ("bulk_part", {"id": 1, "act_id": 1, "person_id": 1, "outcome": "done"}),
        # elections, seats, groups and disputes
        ("ward_succession", {"id": 1, "from_id": 1, "to_id": 1}),
        ("election", {"id": 1, "code": "local.ambridge.2026-05-07", "poll_on": POLL}),
        (
            "ballot",
            {"id": 1, "code": "local.ambridge.abbey.2026-05-07", "election_id": 1, "seats": 1},
        ),
        ("candidacy", {"id": 1, "ballot_id": 1, "key": "17"}),
        (
            "candidate_match",
            {"id": 1, "candidacy_id": 1, "term_id": 1, "how": "exact", "verdict": "same"},
        ),
        ("seat_outcome", {"id": 1, "term_id": 1, "poll_on": POLL, "outcome": "lost"}),
        ("control_period", {"id": 1, "council_id": 2, "kind": "majority"}),
        ("union_group", {"id": 1, "council_id": 2}),
        (
            "union_group_member",
            {"id": 1, "group_id": 1, "person_id": 1, "role": "convenor", "whip": "held"},
        ),
        ("union_group_meeting", {"id": 1, "group_id": 1}),
        ("reorganisation", {"id": 1, "state": "applied"}),
        ("ask", {"id": 1, "asked_by_id": 1, "council_id": 2}),
        ("ask_person", {"id": 1, "ask_id": 1, "person_id": 1, "reply": "waiting"}),
        # freshness
        (
            "fact_check",
            {"id": 1, "kind": "email", "fact_id": 1, "person_id": 1, "verdict": "verified"},
        ),
        ("half_life", {"id": 1, "kind": "email", "days": 200}),
        ("freshness_score", {"region_id": 2, "day": POLL, "facts": 5, "fresh": 3}),
        ("confirmation", {"id": 1, "person_id": 1, "nonce_hash": "2" * 64, "made_by_id": 1}),
        # merging
        ("person", {"id": 2001, "given_name": "P", "family_name": "Kaur"}),
        ("duplicate_pair", {"id": 1, "low_id": 1, "high_id": 2001, "state": "open"}),
        ("duplicate_run", {"id": 1, "seen": 1}),
        ("person_merge", {"id": 1, "kept_id": 1, "gone_id": 2001}),
        ("person_merge_row", {"id": 1, "merge_id": 1, "state": "moved"}),
        ("sheet_cell", {"id": 1, "batch_id": 1, "row_id": 1, "decision": "open"}),
        # delegates
        (
            "delegate_term",
            {"id": 1, "person_id": 1, "constituency_id": 1, "branch_id": 1, "status": "certified"},
        ),
        # forms that count once
        ("sent_form", {"form": "3" * 64, "content": "4" * 64}),
        # two people
        (
            "interest_lifted",
            {"declaration_id": 1, "declared_by_id": 1, "by_id": 16, "reason": "Another branch"},
        ),
        # bank references
        ("bank_reference", {"id": 100, "key": "bacs2", "application_id": 1, "entry_id": 1}),
        # duties
        (
            "user_proposal",
            {
                "id": 1,
                "what": "add",
                "email": "ann.ash@example.org",
                "role": "finance",
                "region_ids": [],
                "state": "waiting",
                "proposed_by_id": 1,
            },
        ),
        ("send_count", {"id": 1, "number": 0}),
        # merges undone
        (
            "person_merge_fold",
            {"id": 1, "merge_id": 1, "table": "office_term", "row_id": 1, "column": "ward_id"},
        ),
    ],
    "0029": [
        ("saved_view", {"id": 9, "list": "delegates", "name": "Ends soon", "owner_id": 1}),
    ],
}
