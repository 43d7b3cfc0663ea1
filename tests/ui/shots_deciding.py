"""The pictures of how matters are decided: queue, decision, ballot, clock, route, absences."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "app"))

from a_company import SECRET
from boardroom import AT_THE_MEETING, RPT, WAIVER, Boardroom, BoardroomFounding
from camera import Camera, settle
from PySide6.QtWidgets import QWidget
from village import CHAIR, CHIEF, EMMA, FIN, LAW, MAYA, MILO, SEC, Founding

from candor.app import absences, disclosing, matter_deciding, matter_routing, notices
from candor.app.committee import Choice
from candor.app.session import Session
from candor.policy.facts import RulingAbout
from candor.policy.terms import DecisionKind
from candor.ui.shell import Shell

NAMES = ("08c-", "08d-", "08e-", "09-", "09b-", "17-")


def is_one(name: str) -> bool:
    """Whether the pictures that begin so are of this part alone."""
    return name.startswith(NAMES)


def wanted(camera: Camera) -> bool:
    """Whether any of these pictures was asked for."""
    starts = (name.startswith(only) for name in NAMES for only in camera.only)
    return not camera.only or any(map(is_one, camera.only)) or any(starts)


def shoot(camera: Camera, folder: Path) -> None:
    """Play a month of a small company and stop for every picture."""
    founding = BoardroomFounding(folder / "boardroom", Founding(folder / "village"))
    town = founding.copy(folder / "now")
    _routing(camera, town)
    _deciding(camera, town)
    _voting(camera, town)
    _waiving(camera, town)
    town.close()


def _front(shell: Shell) -> Any:
    settle()
    return shell.stack.currentWidget()


def _show(camera: Camera, name: str, session: Session, *more: Any, **looks: Any) -> None:
    """One picture; the story goes on without a worker process for each step."""
    runner = session.runner
    camera.shell(name, session, *more, **looks)
    session.runner = runner


def _asked(part: Any) -> None:
    """Wait until the rules have answered what stands on a page."""
    while part.later.is_asking():
        settle(1)


# --- routing and deciding -----------------------------------------------------------------


def _routing(camera: Camera, town: Boardroom) -> None:
    filed = [
        town.file(EMMA, q1_03="Dinner after the autumn conference").case,
        town.file(EMMA, q1_03="Two opera tickets").case,
        town.file(FIN, q1_03="A day at the races").case,
        town.file(CHIEF, "outside-service").case,
        town.file(MAYA, "family-business").case,
    ]
    town.post(EMMA, FIN, CHIEF, MAYA)
    _show(camera, "17-route", town[SEC], "routing")
    _show(camera, "17-home-secretary", town[SEC], "home", looks=("light",))
    matter_routing.route(town[SEC], filed)
    town.carry(SEC)


def _deciding(camera: Camera, town: Boardroom) -> None:
    clo = town[LAW]
    first = matter_deciding.Choice(DecisionKind.APPROVAL, "Modest, and nothing is pending.")
    gifts = [row.case for row in matter_deciding.queue(clo) if row.number.startswith("GFT")]
    _show(camera, "08c-decisions-with-matters", clo, "decisions")
    matter_deciding.decide(clo, gifts[0], first, town.name(LAW), SECRET)
    _show(camera, "08c-matter-decision", clo, "decisions", lambda s, p: _chosen(s, p, gifts[1]))
    _show(camera, "08d-matter-ruling", clo, "decisions", _rule)
    today = town.clock.now().date()
    absences.declare(town[SEC], "clo", "cfo", today, today + timedelta(days=4), "Leave, by letter.")
    case = town.file(EMMA, q1_03="A book at a trade fair").case
    town.post(EMMA)
    matter_routing.route(town[SEC], [row.case for row in matter_routing.to_route(town[SEC])])
    town.carry(SEC)
    _show(camera, "08e-in-absence", town[FIN], "decisions", lambda s, p: _chosen(s, p, case))
    _show(camera, "17-absences", town[SEC], "routing", lambda _s, p: p._absences())


def _chosen(shell: Shell, page: Any, case: str) -> None:
    page.open_item(case)
    front = _front(shell)
    choosing = front.choosing
    choosing.options.set_value("approval_with_conditions")
    choosing._changed()
    conditions = choosing.conditions
    conditions.open_form()
    conditions.text.setText("Company pays for one of the two tickets")
    conditions.due.edit.setText("20 Dec 2026")
    conditions.add()
    choosing.reason.setPlainText("With one seat paid by us it is ordinary hospitality.")
    _asked(choosing)


def _rule(shell: Shell, page: Any) -> None:
    rows = [row for row in page.model.rows() if row.state == "rule"]
    page.open_row(rows[0])
    _front(shell).ruling.answer.set_value("yes")
    settle()


# --- voting -------------------------------------------------------------------------------


def _voting(camera: Camera, town: Boardroom) -> None:
    case = town.filed(CHAIR, RPT, departs=False, q3_04="2027-01-15")
    _show(camera, "09-committee-secretary", town[SEC], "committee")
    _show(camera, "09-put-item", town[SEC], "committee", lambda s, p: _prepared(s, p, case))
    notice = notices.serve(
        town[CHAIR],
        case,
        "My sister owns two fifths of the company that would rent to us.",
        date(2026, 12, 9),
        town.name(CHAIR),
        SECRET,
    )
    town.post(CHAIR)
    notices.acknowledge(town[MAYA], notice, town.name(MAYA), SECRET)
    town.post(MAYA)
    _show(camera, "09b-notice", town[MILO], "committee", lambda _s, p: p.open_notice(notice))
    _show(camera, "09b-notice-serve", town[MAYA], "committee", lambda _s, p: p.serve())
    item = town.put(case)
    town.vote(MAYA, item, Choice.FOR, "Two other offers were dearer.")
    town.post(MAYA)
    _show(camera, "09-committee-member", town[MILO], "committee")
    _show(camera, "09-ballot", town[MILO], "committee", lambda s, p: _voted(s, p, item))
    town.vote(MILO, item, Choice.FOR)
    town.post(MILO)


def _prepared(shell: Shell, page: Any, case: str) -> None:
    page.put_item(case)
    front = _front(shell)
    front.kinds.set_value("approval")
    front._changed()
    front.on.edit.setText("9 Dec 2026")
    _asked(front)


def _voted(shell: Shell, page: Any, item: str) -> None:
    page.open_ballot(item)
    front = _front(shell)
    front.voting.options.set_value("for")
    front.voting._chosen()
    settle()


# --- waiving ------------------------------------------------------------------------------


def _waiving(camera: Camera, town: Boardroom) -> None:
    town.clock.move_to(datetime.fromisoformat("2026-12-07T10:00:00+00:00"))
    case = town.sent(FIN, WAIVER)
    town.rule(case, RulingAbout.MATERIAL_DEPARTURE, holds=True)
    item = town.put(case, kind=DecisionKind.WAIVER_GRANTED)
    for key in (CHAIR, MAYA, MILO):
        town.vote(key, item, Choice.FOR)
    town.post(CHAIR, MAYA, MILO)
    town.clock.move_to(AT_THE_MEETING)
    chair = town[CHAIR]
    _show(camera, "08d-waiver-to-sign", chair, "committee", lambda s, p: _opened(s, p, item))
    town.resolve(CHAIR, item)
    reason = "A day of mourning, by order of the President."
    disclosing.record_closure(town[SEC], date(2026, 12, 14), reason, town.name(SEC), SECRET)
    town.clock.move_to(datetime.fromisoformat("2026-12-10T10:00:00+00:00"))
    _show(camera, "09-committee-clocks", town[SEC], "committee", looks=("light",))
    _show(camera, "08d-waiver-clock", town[SEC], "committee", lambda _s, p: p.open_waiver(case))
    _show(camera, "17-home-clock", town[SEC], "home", looks=("light",))


def _opened(shell: Shell, page: QWidget, item: str) -> None:
    page.open_ballot(item)  # type: ignore[attr-defined]
    _front(shell)
