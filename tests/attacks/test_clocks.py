"""One fast clock must not carry everybody's dates with it."""

from __future__ import annotations

from datetime import timedelta

from tests.attacks.conftest import Bring, Forge

from candor.app.demo import Player
from candor.records import chain
from candor.records.body import make_body


def test_an_event_signed_ten_years_from_now_is_refused_with_a_word_on_the_date(
    secretary: Player, insider: Player, forge: Forge, bring: Bring
) -> None:
    session = insider.session
    case = next(c for c in session.state.cases.values() if c.subject == insider.id)
    seq, prev = session.state.next_place(case.id, session.identity)
    body = make_body([("text", "x")])
    signed = chain.write(
        identity=session.identity,
        company=session.root.company,
        case=case.id,
        seq=seq,
        prev=prev,
        deps=(),
        type="future.thing",
        body=body,
        claimed_at=session.clock.now() + timedelta(days=3650),
    )
    preview, done = bring(secretary, forge(insider, secretary, events=((signed, body),)))
    assert done is None
    assert "days after today" in preview.refused
