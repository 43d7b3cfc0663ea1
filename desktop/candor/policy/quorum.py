"""Whether a body can act without those concerned, and what its votes come to.

Disinterested members alone make the quorum and the votes, and at least two of them must be in
favour (domain reference 4.3; DGCL 141 and 144). A recusal is no abstention: who is recused is
neither present nor heard (Code III paragraph 2; code-map A8, A9). Nor does a recusal lower the
bar: over half of those present and those recused together must be in favour (decision 071).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from candor.policy.facts import Vote

RULE = "Code III ¶2; Delaware General Corporation Law 141(c)(4), 141(f), 144"
_CAST = frozenset({"for", "against", "abstain"})


class Counting(Protocol):
    """How a body's votes are counted; a pack's `Settings` say so, and so does an item that was
    put under them."""

    @property
    def strict_quorum(self) -> bool:
        """Whether disinterested members alone make the quorum."""

    @property
    def votes_in_favour(self) -> int:
        """The fewest votes in favour that carry anything."""


class Outcome(StrEnum):
    """What a body's votes come to.

    escalate: too few disinterested members remain, so another body decides;
    consent_impossible: a written consent needs every member, and one may not sign;
    no_quorum: the disinterested members present are too few; pending: a vote is missing that
    could still change the outcome.
    """

    PASSED = "passed"
    FAILED = "failed"
    NO_QUORUM = "no_quorum"
    PENDING = "pending"
    ESCALATE = "escalate"
    CONSENT_IMPOSSIBLE = "consent_impossible"


@dataclass(frozen=True)
class Quorum:
    """A body on one resolution. Ids of members, in the body's order.

    ``present``: disinterested members who voted or abstained; ``unheard``: those from whom
    nothing has come. ``present_with_recused`` is the other way to count a quorum, which some
    by-laws allow: shown, and used only where ``strict_quorum`` is off. ``void``: acts that do not
    count, of members who are concerned or of people who are no members.
    """

    members: tuple[str, ...]
    disinterested: tuple[str, ...]
    recused: tuple[str, ...]
    present: tuple[str, ...]
    present_with_recused: tuple[str, ...]
    unheard: tuple[str, ...]
    void: tuple[str, ...]
    quorum_needed: int
    has_quorum: bool
    votes_for: int
    votes_against: int
    abstentions: int
    needed_in_favour: int
    outcome: Outcome
    acting_chair_needed: bool
    sentences: tuple[str, ...]
    rule: str = RULE


@dataclass(frozen=True)
class _Tally:
    """Counts of one state of the votes."""

    present: int
    in_favour: int


@dataclass(frozen=True)
class _Body:
    """Who may act, and by which count."""

    members: tuple[str, ...]
    recused: tuple[str, ...]
    disinterested: tuple[str, ...]
    needed: int
    settings: Counting

    def majority(self, present: int) -> int:
        """Votes in favour that an act needs: over half of the base, and at least two.

        The base is who is present and who is recused; under DGCL 144, where the quorum is not
        strict, every disinterested member then serving.
        """
        strict = self.settings.strict_quorum
        base = present + len(self.recused) if strict else len(self.disinterested)
        return max(self.settings.votes_in_favour, base // 2 + 1)

    def has_quorum(self, present: int) -> bool:
        """Whether so many disinterested members make a quorum."""
        counted = present if self.settings.strict_quorum else present + len(self.recused)
        return counted >= self.needed

    def passes(self, tally: _Tally) -> bool:
        """Whether the act has a quorum and enough votes; a tie never has."""
        return self.has_quorum(tally.present) and tally.in_favour >= self.majority(tally.present)

    def too_few(self) -> bool:
        """Whether no votes whatever could carry an act, so another body must decide."""
        able = len(self.disinterested)
        return able < self.settings.votes_in_favour or not self.has_quorum(able)


def assess(
    members: Sequence[str],
    conflicted: Collection[str],
    how: str,
    votes: Sequence[Vote],
    settings: Counting,
    *,
    chair: str = "",
    closed: bool = False,
) -> Quorum:
    """What the votes of a body come to.

    ``members``: all who then serve; ``conflicted``: those concerned, whatever they voted;
    ``how``: meeting or written_consent; ``closed``: the meeting is over, so a member without a
    vote was absent. While it is open, an outcome stands once no missing vote can change it.
    """
    acts, void = _acts(members, conflicted, votes)
    body = _body(members, conflicted, acts, settings)
    heard = {m: acts[m] for m in body.disinterested if m in acts}
    unheard = tuple(m for m in body.disinterested if m not in acts and not closed)
    present = tuple(m for m, act in heard.items() if act != "absent")
    count = Counter(heard.values())
    tally = _Tally(len(present), count["for"])
    found = Quorum(
        members=body.members,
        disinterested=body.disinterested,
        recused=body.recused,
        present=present,
        present_with_recused=tuple(m for m in body.members if m in {*present, *body.recused}),
        unheard=unheard,
        void=void,
        quorum_needed=body.needed,
        has_quorum=body.has_quorum(tally.present),
        votes_for=tally.in_favour,
        votes_against=count["against"],
        abstentions=count["abstain"],
        needed_in_favour=body.majority(tally.present),
        outcome=_outcome(body, how, tally, heard, len(unheard)),
        acting_chair_needed=chair in body.recused or acts.get(chair) == "absent",
        sentences=(),
    )
    return replace(found, sentences=tuple(_sentences(found, how)))


def _acts(
    members: Sequence[str], conflicted: Collection[str], votes: Sequence[Vote]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Each member's act, and who acted without effect: no member, concerned, or in two ways.

    Of a recusal and a vote by one member the recusal stands.
    """
    said: dict[str, set[str]] = {}
    for vote in votes:
        said.setdefault(vote.member, set()).add(str(vote.vote))
    void = [member for member in said if member not in members]
    acts: dict[str, str] = {}
    for member, words in said.items():
        if len(words) > 1 or (member in conflicted and words & _CAST):
            void.append(member)
        if member in members and (len(words) == 1 or "recused" in words):
            acts[member] = "recused" if "recused" in words else words.pop()
    return acts, tuple(dict.fromkeys(void))


def _body(
    members: Sequence[str],
    conflicted: Collection[str],
    acts: Mapping[str, str],
    settings: Counting,
) -> _Body:
    serving = tuple(dict.fromkeys(members))
    out = {m for m in serving if m in conflicted or acts.get(m) == "recused"}
    return _Body(
        serving,
        tuple(m for m in serving if m in out),
        tuple(m for m in serving if m not in out),
        len(serving) // 2 + 1,
        settings,
    )


def _outcome(
    body: _Body, how: str, tally: _Tally, heard: Mapping[str, str], unheard: int
) -> Outcome:
    if body.too_few():
        return Outcome.ESCALATE
    if how == "written_consent":
        return _consent(body, heard, unheard)
    present, in_favour = tally.present, tally.in_favour
    # absent members cost the quorum, opposed members the majority: both must leave it standing
    if body.passes(tally) and body.passes(_Tally(present + unheard, in_favour)):
        return Outcome.PASSED
    if body.passes(_Tally(present + unheard, in_favour + unheard)):
        return Outcome.PENDING if unheard else Outcome.PASSED
    return Outcome.FAILED if body.has_quorum(present + unheard) else Outcome.NO_QUORUM


def _consent(body: _Body, heard: Mapping[str, str], unheard: int) -> Outcome:
    """Every member must sign in favour (DGCL 141(f)), so one recusal makes it impossible."""
    if body.recused:
        return Outcome.CONSENT_IMPOSSIBLE
    if any(act != "for" for act in heard.values()):
        return Outcome.FAILED
    if len(heard) == len(body.members):
        return Outcome.PASSED
    return Outcome.PENDING if unheard else Outcome.FAILED


def _sentences(found: Quorum, how: str) -> Iterator[str]:
    concerned = f"; concerned: {', '.join(found.recused)}" if found.recused else ""
    able = len(found.disinterested)
    yield f"{able} of {len(found.members)} members are disinterested{concerned}."
    if how != "written_consent":
        yield (
            f"A quorum is {found.quorum_needed}; {len(found.present)} disinterested members are "
            f"present, {len(found.present_with_recused)} with those recused."
        )
    yield (
        f"{found.votes_for} in favour, {found.votes_against} against, {found.abstentions} "
        f"abstaining; {found.needed_in_favour} in favour are needed."
    )
    if found.void:
        yield f"What {', '.join(found.void)} cast does not count."
    if found.acting_chair_needed:
        yield "The chair takes no part: the other members choose an acting chair."
    yield _SAID[found.outcome]


_SAID = {
    Outcome.PASSED: "The resolution is carried.",
    Outcome.FAILED: "The resolution is not carried; a tie never carries one.",
    Outcome.NO_QUORUM: "There is no quorum, so nothing was decided.",
    Outcome.PENDING: "Votes are missing that could still change the outcome.",
    Outcome.ESCALATE: "Too few disinterested members remain, so another body must decide.",
    Outcome.CONSENT_IMPOSSIBLE: "A written consent needs every member, and one is recused: a "
    "meeting is needed.",
}
