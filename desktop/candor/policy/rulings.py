"""Which signed rulings count: only those by whoever was free to rule on their day."""

from __future__ import annotations

from candor.policy.chains import walk
from candor.policy.exclusion import why_concerned
from candor.policy.facts import Ruling, RulingAbout
from candor.policy.ground import Ground


def ruling(ground: Ground, about: RulingAbout) -> Ruling | None:
    """The last ruling about something that counts; None where there is none."""
    counting = [r for r in ground.facts.rulings if r.about is about and not why_void(ground, r)]
    return max(counting, key=lambda one: one.on, default=None)


def why_void(ground: Ground, one: Ruling) -> str:
    """Why a ruling does not count; "" for one that does.

    It is signed by the first free office of the chain on its own day (code-map A13).
    """
    name = ground.standing.name(one.by)
    if why := why_concerned(ground, one.by):
        return f"{name} {why}, so that ruling does not count."
    if one.on > ground.on:
        return (
            f"The ruling by {name} is dated {one.on}, after the day judged, so it does not count."
        )
    found = walk(ground.on_day(one.on), ground.pack.exceptions)
    turn = found.turn
    if turn is None or turn.person == one.by or turn.body:
        return ""
    offices = {step.office for step in ground.pack.exceptions.step}
    holds = {office for office in offices if one.by in ground.standing.holders(office)}
    if not turn.person and turn.office in holds:
        return ""
    title = ground.pack.office_title(turn.office)
    return f"On {one.on} it was for the {title} to rule, so the ruling by {name} does not count."
