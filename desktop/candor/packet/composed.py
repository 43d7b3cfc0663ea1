"""What composing gives back: revision 0 and where its signatures go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """An empty signature field of revision 0.

    ``page`` counts from 0; ``rect`` is (left, bottom, right, top) in points from the page's
    lower left corner. The field marked ``last`` carries /Lock (all fields, no changes after).
    """

    name: str
    page: int
    rect: tuple[float, float, float, float]
    person: str
    office: str
    meaning: str
    last: bool
    title: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One outline entry: ``page`` counts from 0, ``top`` in points, ``level`` from 0."""

    title: str
    level: int
    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Composed:
    """Revision 0: its bytes, its number of pages, its empty signature fields, its outline."""

    pdf: bytes
    pages: int
    fields: tuple[FieldSpec, ...] = ()
    outline: tuple[Bookmark, ...] = ()
    notices: tuple[str, ...] = ()
    """What the Secretary should know but need not mend: what was listed by number only."""
