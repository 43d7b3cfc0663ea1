"""Matters that were begun and not signed yet: what is known of each, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from candor.app.session import Session
from candor.records.matter_parts import Link

BEGUN = "matter-draft"
ANSWER = "answer"
"""How a matter names the answer of another form from which it was begun."""


class Begun(msgspec.Struct, frozen=True):
    """What is known of a matter before it is signed. ``on``: the ISO date of its beginning;
    ``supersedes``: the version that it amends; ``request``: the question that it answers."""

    form: str
    on: str
    links: tuple[Link, ...] = ()
    supersedes: str = ""
    request: str = ""


def begun_from(session: Session, case_id: str) -> frozenset[tuple[str, str]]:
    """The (question, form id) pairs for which a matter was begun or filed from a form's answers."""
    return frozenset(
        (link.question, form)
        for form, links in (*_filed(session), *_unsigned(session))
        for link in links
        if (link.case, link.why) == (case_id, ANSWER)
    )


_Linked = tuple[str, tuple[Link, ...]]


def _filed(session: Session) -> Iterator[_Linked]:
    for case in session.state.cases.values():
        for version in case.submissions if case.subject == session.person_id else ():
            if version.links:
                yield version.form_id, version.links


def _unsigned(session: Session) -> Iterator[_Linked]:
    for listed in session.vault.documents(BEGUN):
        document = session.vault.document(BEGUN, listed.key)
        if document is not None:
            begun = msgspec.json.decode(document.data, type=Begun)
            yield session.form(begun.form).id, begun.links
