"""Cases are what events say: the types a reader needs, and the fold that gives them."""

from __future__ import annotations

from candor.records.ledger import Ledger, fold
from candor.records.logbook import Fork, Gap
from candor.records.matters import (
    Campaign,
    Case,
    Determination,
    Issue,
    MaterialDeparture,
    Packet,
    PageSignature,
    Receipt,
    Referral,
    Signer,
    Step,
    Submission,
)
from candor.records.state import State

__all__ = [
    "Campaign",
    "Case",
    "Determination",
    "Fork",
    "Gap",
    "Issue",
    "Ledger",
    "MaterialDeparture",
    "Packet",
    "PageSignature",
    "Receipt",
    "Referral",
    "Signer",
    "State",
    "Step",
    "Submission",
    "fold",
]
