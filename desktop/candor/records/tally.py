"""Where a vote stands, as the ballots that count say: the rule itself is `policy.quorum`."""

from __future__ import annotations

from collections.abc import Collection

from candor.policy.facts import Vote, VoteWord
from candor.policy.quorum import Outcome, assess
from candor.records.committee_parts import ItemPart, Result

FINAL = frozenset({Outcome.PASSED, Outcome.FAILED})
"""Outcomes that a chair may sign."""


def result(item: ItemPart, absent: Collection[str] = ()) -> Result:
    """The result of an item so far; ``absent``: who was not there, as its chair says."""
    votes = [
        Vote(b.person, VoteWord(b.vote))
        for b in item.ballots
        if not b.void and not b.replaced_by and b.person not in item.doubled
    ]
    heard = {vote.member for vote in votes}
    votes += [Vote(person, VoteWord.ABSENT) for person in absent if person not in heard]
    recused = {recusal.person for recusal in item.recused}
    found = assess(item.members, recused, item.how, votes, item.counting, chair=item.chair)
    return Result(
        outcome=found.outcome.value,
        votes_for=found.votes_for,
        votes_against=found.votes_against,
        abstained=found.abstentions,
        present=len(found.present),
        present_with_recused=len(found.present_with_recused),
        quorum_needed=found.quorum_needed,
        has_quorum=found.has_quorum,
        needed_in_favour=found.needed_in_favour,
    )
