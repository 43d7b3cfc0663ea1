"""Offices of one case and not of the company: the filer's manager, who answers for a thing.

Nobody holds them in the directory. Whoever sends the matter names the person; a manager must be
the one whom the directory records.
"""

from __future__ import annotations

from collections.abc import Iterable

from candor.policy.pack.rows import CASE_OFFICES, MANAGER
from candor.records.authority import Authority
from candor.records.judge import Judged
from candor.records.matters import Referral


def is_of_the_case(office: str) -> bool:
    """Whether an office belongs to a case alone."""
    return office in CASE_OFFICES


def is_named(routes: Iterable[Referral | None], person: str, office: str = "") -> bool:
    """Whether a route names somebody in that office of the case, or in any of them."""
    offices = {office} if office else CASE_OFFICES.keys()
    named = (
        pair
        for route in routes
        if route is not None
        for pair in ((route.office, route.person), *((d.office, d.person) for d in route.deciders))
    )
    return any(place in offices and who == person for place, who in named)


def fits(
    authority: Authority, judged: Judged, office: str, person: str, subjects: Iterable[str]
) -> bool:
    """Whether a matter of one of ``subjects`` can be sent to a person in that office."""
    known = authority.view(judged).people
    managers = {known[subject].manager for subject in subjects if subject in known}
    return bool(person) and (office != MANAGER or person in managers)
