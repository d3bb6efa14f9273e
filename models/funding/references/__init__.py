"""The front door of bank references: each stands for one payment or one receipt, never for two."""

from models.funding.references.actions import claim, give_up
from models.funding.references.checks import check
from models.funding.references.rules import key_of

__all__ = ["check", "claim", "give_up", "key_of"]
