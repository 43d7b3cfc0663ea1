"""The village with two more independent directors, and what goes to its committee and Board."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from a_company import PARTS, SECRET
from village import CHAIR, LAW, MAYA, PEOPLE, SEC, Founding, Village

from candor.app import committee, company, joining, matter_deciding, matter_routing, outbox
from candor.app.people import PersonInput
from candor.clock import SteppingClock
from candor.policy.facts import RulingAbout
from candor.policy.terms import DecisionKind

DORA, DIRK = "dora", "dirk"
NEW = {
    DORA: PersonInput(
        "Dora Director",
        "dora@village.example",
        "Director",
        ("director",),
        ("lead_director",),
        ("independent",),
    ),
    DIRK: PersonInput(
        "Dirk Director", "dirk@village.example", "Director", ("director",), (), ("independent",)
    ),
}
MEETING = date(2026, 12, 9)
AT_THE_MEETING = datetime.fromisoformat("2026-12-09T10:00:00+00:00")
RPT, WAIVER = "related-person-transaction", "waiver-request"


@dataclass
class Boardroom(Village):
    """The vaults of the eleven."""

    people: tuple[str, ...] = (*PEOPLE, *NEW)

    def name(self, key: str) -> str:
        """A person's name."""
        return NEW[key].name if key in NEW else super().name(key)

    def rule(self, case: str, about: RulingAbout, *, holds: bool) -> str:
        """The Chief Legal Officer rules in writing, and everybody who may know it does."""
        signature = (self.name(LAW), SECRET)
        event = matter_deciding.rule(
            self[LAW], case, about, holds, "As its papers show.", signature
        )
        self.post(LAW)
        return event

    def sent(self, who: str, form: str, **answers: Any) -> str:
        """A matter that was filed and sent to the committee, once what comes first was ruled."""
        case = self.file(who, form, **answers).case
        self.post(who)
        matter_routing.route(self[SEC], [case])
        self.carry(SEC)
        if not self[SEC].case(case).route.body:
            about = (
                RulingAbout.ACTUAL_CONFLICT if form == WAIVER else RulingAbout.RPT_POLICY_APPLIES
            )
            self.rule(case, about, holds=True)
        return case

    def filed(self, who: str, form: str, *, departs: bool, **answers: Any) -> str:
        """A matter before the committee with the ruling on a material departure."""
        case = self.sent(who, form, **answers)
        self.rule(case, RulingAbout.MATERIAL_DEPARTURE, holds=departs)
        return case

    def put(self, case: str, who: str = SEC, **more: Any) -> str:
        """Put an item whose every brace is filled, and carry it to the members."""
        more.setdefault("meeting_on", MEETING)
        choice = committee.ItemChoice(**more)
        text = committee.draft_item(self[who], case, choice).text
        whole = text.replace("{", "the ").replace("}", "").replace("_", " ")
        choice = committee.ItemChoice(**{"text": whole, **more})
        item = committee.put_item(self[who], case, choice, self.name(who), SECRET)
        self.post(who)
        return item

    def vote(self, key: str, item: str, choice: committee.Choice, reason: str = "") -> str:
        """A member votes; the ballot is not carried yet."""
        return committee.vote(self[key], item, choice, reason, self.name(key), SECRET)

    def resolve(self, key: str, item: str, signing: committee.Signing | None = None) -> str:
        """The result is signed at the meeting and carried to everybody."""
        self.clock.move_to(AT_THE_MEETING)
        event = committee.sign_resolution(self[key], item, self.name(key), SECRET, signing)
        self.post(key)
        return event

    def lease(self) -> str:
        """The chair's own transaction of next month, before the two others of her committee."""
        return self.filed(CHAIR, RPT, departs=False, q3_04="2027-01-15")

    def waiver(self, who: str) -> str:
        """A request for a waiver, before the whole committee."""
        return self.filed(who, WAIVER, departs=True)

    def granted(self, who: str) -> str:
        """A waiver that two of three members granted at the meeting."""
        case = self.waiver(who)
        item = self.put(case, kind=DecisionKind.WAIVER_GRANTED)
        for key in (CHAIR, MAYA):
            self.vote(key, item, committee.Choice.FOR)
        self.post(CHAIR, MAYA)
        self.resolve(CHAIR, item)
        return case


@dataclass
class BoardroomFounding:
    """The boardroom as it lies after everybody joined, told once."""

    folder: Path
    village: Founding
    _told: datetime | None = field(default=None)

    def copy(self, into: Path) -> Boardroom:
        """A copy of the vaults, for one test to spoil."""
        if self._told is None:
            self._told = self._join()
        shutil.copytree(self.folder / "joined", into, dirs_exist_ok=True)
        return Boardroom(into, SteppingClock(self._told + timedelta(hours=1)))

    def _join(self) -> datetime:
        before = self.village.copy(self.folder / "joined")
        town = Boardroom(before.folder, before.clock)
        ids = company.add_people(town[SEC], NEW.values())
        requests = []
        for key, person in zip(NEW, ids, strict=True):
            invitation = joining.invite(town[SEC], person)
            made = joining.join(
                town.vault(key), invitation.data, invitation.code, SECRET, town.clock, PARTS
            )
            town.sessions[key] = made.session
            (item,) = outbox.outbox(made.session)
            requests.append(outbox.save_to(made.session, item.id, town.folder / "requests"))
        town.take(SEC, requests)
        town.carry(SEC)
        town.close()
        return town.clock.now()
