"""Whom to turn to with a concern: the outside service and the agencies, from the code pack."""

from __future__ import annotations

from dataclasses import dataclass

from candor.policy.pack import Pack

_SERVICE = "hotline"
_PROMISES = ("concern_confidence", "concern_retaliation")


@dataclass(frozen=True)
class Contacts:
    """``service``: (number or address, what it is for); ``agencies``: (name, how to reach it).

    ``promises``: the Company's sentences on confidence and retaliation; ``carve_out``: that
    nothing keeps anybody from going to an agency.
    """

    service: tuple[tuple[str, str], ...]
    agencies: tuple[tuple[str, str], ...]
    promises: tuple[str, ...]
    carve_out: str


def contacts(pack: Pack) -> Contacts:
    """The contact cards and sentences of a pack. Raises PackFaults where a text is missing."""
    service = [card for card in pack.contacts if card.id == _SERVICE]
    others = [card for card in pack.contacts if card.id != _SERVICE]
    return Contacts(
        service=tuple((line, card.title) for card in service for line in card.lines),
        agencies=tuple((card.title, ", ".join(card.lines)) for card in others),
        promises=tuple(pack.text(name) for name in _PROMISES),
        carve_out=pack.text("carve_out"),
    )
