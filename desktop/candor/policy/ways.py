"""The ways in which a route decides: by chain, body, joint signatures, choice, record, notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from candor.policy.answer import Decider, InformationItem, Part, Status
from candor.policy.chains import Barred, Turn, walk
from candor.policy.exclusion import why_concerned, why_not
from candor.policy.facts import Matter
from candor.policy.ground import Ground
from candor.policy.pack.rules import By, Route
from candor.policy.pack.soundness import SETTING
from candor.policy.parts import (
    NOTHING_SIGNED,
    Parts,
    addressed,
    decider,
    hidden,
    of_turn,
    only,
    seat,
    walked,
)

_REPORTS = frozenset({Matter.CONCERN, Matter.CONTROL_DEFICIENCY})


def parts_of(ground: Ground, row: Route) -> Parts:
    """Work out a route for the case."""
    parts = Parts()
    _WAYS[row.by](ground, row, parts)
    _hide(ground, row, parts)
    _beside(ground, row, parts)
    _inform(ground, row, parts)
    return parts


def _hide(ground: Ground, row: Route, parts: Parts) -> None:
    """Everybody whom a report names is left out, whether or not it would have come to them."""
    concern = ground.facts.concern
    if concern is None or ground.facts.matter not in _REPORTS:
        return
    known = {one.person for one in parts.excluded}
    for person in concern.names:
        if person not in known:
            parts.leave_out(hidden(ground, person, why_concerned(ground, person), row.clause))


def _barred(row: Route) -> Barred:
    return why_concerned if row.subordinates else why_not


def _by_chain(ground: Ground, row: Route, parts: Parts) -> None:
    walked(ground, ground.pack.chain(row.who[0]), parts, Part.DECIDES, _barred(row))
    if set(row.matters) <= _REPORTS and row.matters and parts.deciders:
        parts.status = Status.RECEIVE
        parts.deciders = [
            msgspec.structs.replace(one, part=Part.RECEIVES) for one in parts.deciders
        ]


def _by_record(ground: Ground, row: Route, parts: Parts) -> None:
    """Noting is no decision, so somebody who works for the filer may note it."""
    walked(ground, ground.pack.chain(row.who[0]), parts, Part.NOTES, why_concerned)
    if parts.status is not Status.WAIT:
        parts.status = Status.RECORD
    parts.fallbacks = []


def _by_joint(ground: Ground, row: Route, parts: Parts) -> None:
    signed: set[str] = set()
    for name in row.who:
        already = frozenset(signed) if row.distinct else NOTHING_SIGNED
        chain = ground.pack.chain(name)
        turn = walked(ground, chain, parts, Part.SIGNS_JOINTLY, why_not, already)
        if turn is not None and turn.person:
            signed.add(turn.person)
    parts.fallbacks = list(dict.fromkeys(parts.fallbacks))


def _by_any(ground: Ground, row: Route, parts: Parts) -> None:
    for office in row.who:
        addressed(ground, office, row, parts, Part.DECIDES_ANY, _barred(row))
    if not parts.deciders and row.otherwise:
        chain = ground.pack.chain(row.otherwise)
        walked(ground, chain, parts, Part.DECIDES_ANY, _barred(row))


def _by_choice(ground: Ground, row: Route, parts: Parts) -> None:
    """Whom the filer picked, then any other of them, then the chain behind: never the excluded."""
    concern = ground.facts.concern
    picked = concern.send_to if concern else ()
    wanted = [office for office in row.who if office in picked or not picked]
    parts.status = Status.RECEIVE
    for office in dict.fromkeys([*wanted, *row.always]):
        addressed(ground, office, row, parts, Part.RECEIVES, _barred(row))
    for office in row.who:
        if not parts.deciders:
            addressed(ground, office, row, parts, Part.RECEIVES, _barred(row))
    if not parts.deciders and row.otherwise:
        walked(ground, ground.pack.chain(row.otherwise), parts, Part.RECEIVES, _barred(row))


def _by_body(ground: Ground, row: Route, parts: Parts) -> None:
    names = [plain(ground, name) for name in row.who]
    parts.alternatives = tuple(name for name in names[1:] if name != names[0])
    seat(ground, names[0], parts, row.reason, row.clause)


def _by_notice(ground: Ground, row: Route, parts: Parts) -> None:
    """Every other director is served; who presides rules on a recusal that is disputed."""
    matter = ground.facts.board_matter
    body = (matter.body if matter else "") or row.who[0]
    seat(ground, body, parts, row.reason, row.clause)
    parts.status, parts.deciders = Status.SERVE, []
    if (ruler := _presides(ground, row, body)) is not None:
        parts.deciders.append(of_turn(ground, ruler, Part.DECIDES))
    words = "Every other director is told of the interest before the vote."
    for member in ground.standing.members(row.who[0]):
        if member != ground.facts.filer:
            parts.deciders.append(
                decider(ground, Part.SERVED, person=member, reason=words, clause=row.clause)
            )


def _presides(ground: Ground, row: Route, body: str) -> Turn | None:
    chair = ground.standing.chair(body)
    if body != row.who[0] and chair and not why_not(ground, chair):
        words = "The chair of the committee rules on whether a member steps out."
        return Turn(ground.pack.committee(body).chair, chair, "", words, row.clause)
    return walk(ground, ground.pack.chain(row.ruling_by)).turn if row.ruling_by else None


_WAYS: Mapping[By, Callable[[Ground, Route, Parts], None]] = {
    By.CHAIN: _by_chain,
    By.RECORD: _by_record,
    By.JOINT: _by_joint,
    By.ANY_OF: _by_any,
    By.CHOSEN: _by_choice,
    By.BODY: _by_body,
    By.NOTICE: _by_notice,
}


def plain(ground: Ground, name: str) -> str:
    """A name of a route's `who`, or the value of the setting that it stands for."""
    if name.startswith(SETTING):
        return str(getattr(ground.settings, name.removeprefix(SETTING)))
    return name


def _beside(ground: Ground, row: Route, parts: Parts) -> None:
    """Who prepares before the deciders, and who certifies after them."""
    decides = {one.person for one in parts.deciders if one.person}
    turns = [_helper(ground, name, row) for name in row.recommends]
    before: list[Decider] = [
        of_turn(ground, turn, Part.RECOMMENDS)
        for turn in turns
        if turn is not None and turn.person not in decides
    ]
    parts.deciders = [*before, *parts.deciders]
    if row.certifies and parts.status is not Status.WAIT:
        turn = _helper(ground, row.certifies, row)
        if turn is not None and not turn.body:
            parts.deciders.append(of_turn(ground, turn, Part.CERTIFIES))


def _helper(ground: Ground, name: str, row: Route) -> Turn | None:
    """Whoever prepares or certifies: free of the case, although they may work for the filer."""
    if name in ground.pack.committees:
        return Turn("", "", name, row.reason, row.clause)
    named = name in ground.pack.chains
    chain = ground.pack.chain(name) if named else only(name, row.reason, row.clause)
    return walk(ground, chain, why_concerned).turn


def _inform(ground: Ground, row: Route, parts: Parts) -> None:
    for name in row.inform:
        if name in ground.pack.committees:
            title, person = ground.pack.committee(name).title, ""
        else:
            held = ground.standing.holders(name)
            free = [one for one in held if not why_concerned(ground, one)]
            if held and not free:
                continue
            title, person = ground.pack.office_title(name), free[0] if free else ""
        parts.information.append(InformationItem(to=name, title=title, person=person))
