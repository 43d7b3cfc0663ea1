"""Opening the questionnaire, and one keystroke with autosave."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from a_vault import found, open_campaign, save, take
from measuring import Measured, best, percentile, seconds

from candor.app import demo_answers, filing
from candor.forms.answers import Answer

KEYSTROKES = 400


def run(folder: Path) -> Iterator[Measured]:
    """All 105 questions, answered but for one text that is being typed."""
    pair = found(folder, 8)
    open_campaign(pair, 8)
    take(pair.officer, save(pair.secretary, pair.officer_id, folder))
    session = pair.officer
    case = filing.my_forms(session)[0].case
    draft = filing.open_draft(session, case)
    me = next(person for person in pair.people if person.email == session.me.email)
    draft.start_from(demo_answers.answers(draft.form, me, draft.context, 1))

    def opening() -> None:
        draft = filing.open_draft(session, case)
        draft.visible()
        draft.progress()
        draft.flags()

    yield Measured("opening the questionnaire", best(opening, 5) * 1000, "ms", 150)
    typed = (Answer("2.03", value="x" * (n % 300)) for n in range(KEYSTROKES))
    times = [seconds(partial(draft.set_answer, answer)) * 1000 for answer in typed]
    yield Measured("a keystroke with autosave on, p99", percentile(times, 99), "ms", 16)
    yield Measured("  median", percentile(times, 50), "ms")
