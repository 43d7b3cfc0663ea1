"""What each named condition looks at. The names and their words stand in `conditions`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from candor.policy.ground import Ground
from candor.policy.predicates import conduct, credit, gifts, people, reports, waivers

Predicate = Callable[[Ground], bool]

PREDICATES: Mapping[str, Predicate] = {
    **people.PREDICATES,
    **conduct.PREDICATES,
    **credit.PREDICATES,
    **gifts.PREDICATES,
    **waivers.PREDICATES,
    **reports.PREDICATES,
}


def holds(name: str, ground: Ground) -> bool:
    """Whether the named condition holds. The pack's loader refuses names that are not here."""
    return PREDICATES[name](ground)
