"""A departure that an executive officer knows of and nobody decides is raised as it ages."""

from __future__ import annotations

from datetime import datetime

from a_company import SECRET
from boardroom import RPT, WAIVER
from village import CHAIR, EMMA, FIN, LAW, MAYA, SEC

from candor.app import home, implicit_waivers, matter_filing
from candor.app.cards import Target


def _raised(town, key):
    return [c for c in home.home(town[key]).needs if c.title.startswith("Act on a departure")]


def _at(town, stamp):
    town.clock.move_to(datetime.fromisoformat(stamp))


def test_undecided_departure_is_raised_after_the_days_of_the_setting(boardroom):
    case = boardroom.file(FIN, WAIVER, q2_05="2026-11-10").case
    boardroom.post(FIN)
    _at(boardroom, "2026-12-09T12:00:00+00:00")
    assert _raised(boardroom, SEC) == []
    _at(boardroom, "2026-12-10T12:00:00+00:00")
    for key in (SEC, LAW):
        (card,) = _raised(boardroom, key)
        assert card.title.startswith("Act on a departure from the Code: Finn Figures, ")
        assert (card.due.isoformat(), card.due_words) == ("2026-12-10", "Due today")
        assert "Known since Tue 10 Nov 2026" in card.text.replace("\N{NO-BREAK SPACE}", " ")
        assert "may itself be a waiver" in card.text
        assert card.target == Target("disclosures", case)
    for key in (FIN, MAYA):
        assert _raised(boardroom, key) == []


def test_officers_ruling_of_a_departure_counts_from_its_day_or_from_the_beginning(boardroom):
    begun = boardroom.filed(CHAIR, RPT, departs=True, q3_04="2026-11-01")
    boardroom.filed(CHAIR, RPT, departs=False, q3_04="2026-11-01")
    boardroom.filed(CHAIR, RPT, departs=True, q3_04="2027-03-01")
    ruled = boardroom[SEC].case(begun).matter.rulings[-1].claimed_at[:10]
    _at(boardroom, "2027-01-15T12:00:00+00:00")
    (found,) = implicit_waivers.silences(boardroom[SEC])
    assert (found.case, found.known_on.isoformat()) == (begun, ruled)


def test_nothing_is_raised_once_it_is_decided_or_taken_back(boardroom):
    boardroom.granted(FIN)
    case = boardroom.file(CHAIR, WAIVER, q2_05="2026-11-10").case
    boardroom.post(CHAIR)
    _at(boardroom, "2027-02-15T12:00:00+00:00")
    assert [one.case for one in implicit_waivers.silences(boardroom[SEC])] == [case]
    matter_filing.withdraw(boardroom[CHAIR], case, "It never began.", "Cara Chair", SECRET)
    boardroom.post(CHAIR)
    assert implicit_waivers.silences(boardroom[SEC]) == ()


def test_employees_departure_is_not_raised(boardroom):
    boardroom.file(EMMA, WAIVER, q2_05="2026-10-01")
    boardroom.post(EMMA)
    _at(boardroom, "2027-02-15T12:00:00+00:00")
    assert _raised(boardroom, SEC) == []
