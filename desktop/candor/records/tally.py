"""Where a vote stands, as the ballots that count say."""

from __future__ import annotations

from typing import Any

from candor.records.committee_parts import ItemPart, Result

FINAL = frozenset({"passed", "failed"})
"""Outcomes that a chair may sign."""


def result(item: ItemPart, settings: dict[str, Any]) -> Result:
    """The result of an item so far, under the settings that were fixed when it was put."""
    votes = {
        b.person: b.vote
        for b in item.ballots
        if not b.void and not b.replaced_by and b.person not in item.doubled
    }
    said = list(votes.values())
    needed = len(item.members) // 2 + 1
    free = len(item.disinterested)
    for_, against = said.count("for"), said.count("against")
    outcome = "pending"
    if len(said) >= free:
        outcome = (
            "passed" if for_ > against and for_ >= settings.get("votes_in_favour", 2) else "failed"
        )
    return Result(
        outcome, for_, against, said.count("abstain"), len(said), needed, len(said) >= needed
    )
