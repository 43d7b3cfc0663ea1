"""What filed matters say, read with their forms."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from candor.app.session import Session
from candor.errors import CandorError
from candor.forms.answers import Answer, Context
from candor.records.matters import Case, Submission

MATTER = "matter"
PART = "part"
"""How the body for a further audience names the case of the form that it belongs to."""


def matters(session: Session) -> Iterator[Case]:
    """The filed matters of this vault, without the bodies for further audiences."""
    for case in session.state.cases.values():
        if case.kind == MATTER and not is_part(case):
            yield case


def is_part(case: Case) -> bool:
    """Whether a case holds only one audience's share of a form."""
    return any(link.why == PART for s in case.submissions for link in s.links)


def parts(session: Session, case: Case) -> tuple[Case, ...]:
    """The shares of a form that other audiences have, as far as this vault may read them."""
    return tuple(
        other
        for other in session.state.cases.values()
        if other.kind == MATTER
        and other.subject == case.subject
        and any(
            (link.case, link.why) == (case.id, PART) for s in other.submissions for link in s.links
        )
    )


def newest(case: Case) -> Submission:
    """The newest version that counts. Raises CandorError where none is here."""
    here = [s for s in case.submissions if s.here]
    if not here:
        raise CandorError(
            "No version of this matter is in this vault.", hint="Ask the Secretary for it."
        )
    return here[-1]


def context_of(version: Submission) -> Context:
    """What a version's answers are read against: it carries its own."""
    return msgspec.convert(version.context, Context)


def own_answers(session: Session, case: Case) -> dict[str, Answer]:
    """Every answer of the newest version, those for further audiences included."""
    found = dict(newest(case).answers)
    for part in parts(session, case):
        found.update(newest(part).answers)
    return found
