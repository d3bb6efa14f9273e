"""What eligibility said when an application was awarded, as the audit keeps it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.audit import AuditEntry
from models.base import db
from models.funding.eligibility.rules import KEPT, Overruled, Result, Results, Rule
from models.funding.tables import Application


def results_when_awarded(application: Application) -> Results:
    """What every rule said at the award, in the words of then; empty where nothing was kept."""
    after = db.session.scalar(
        select(AuditEntry.after)
        .where(
            AuditEntry.subject_kind == Application.__tablename__,
            AuditEntry.subject_id == application.id,
            AuditEntry.event == KEPT,
        )
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    return tuple(_result(one) for one in (after or {}).get("rules", ()))


def _result(kept: Mapping[str, Any]) -> Result:
    said = kept["overruled"]
    return Result(
        Rule(kept["rule"], kept["label"], hard=kept["hard"]),
        kept["outcome"],
        kept["reason"],
        kept["evidence"],
        Overruled(**{**said, "at": datetime.fromisoformat(said["at"])}) if said else None,
    )
