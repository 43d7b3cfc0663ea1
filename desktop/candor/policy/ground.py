"""What a rule may look at: the facts, the pack and the day, with what the calculators say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from candor.intervals import add_years, fiscal_year_start
from candor.policy import gifts, gifts_given
from candor.policy.calendar import SecCalendar
from candor.policy.facts import Facts
from candor.policy.pack import Pack
from candor.policy.settings import Settings, typed
from candor.policy.standing import Person, Standing
from candor.policy.terms import FilerClass


@dataclass(frozen=True)
class Ground:
    """One case on one day. Everything here is read; nothing is decided.

    ``came_to``: conditions that the route and the decision have made true so far.
    """

    facts: Facts
    pack: Pack
    on: date
    came_to: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def standing(self) -> Standing:
        """The people on the day."""
        return Standing(self.facts, self.pack, self.on)

    @property
    def filer(self) -> Person:
        """The person whose matter it is."""
        return self.standing[self.facts.filer]

    @property
    def filer_class(self) -> FilerClass | None:
        """The filer's strictest class on the day."""
        return self.filer.filer_class

    @cached_property
    def settings(self) -> Settings:
        """The pack's settings, with those that the facts say are different here."""
        return typed({**self.pack.setting_values(), **self.facts.settings})

    @cached_property
    def calendar(self) -> SecCalendar:
        """The SEC's calendar, with the closures that the facts name."""
        return SecCalendar(self.facts.closures)

    @cached_property
    def received(self) -> gifts.Received | None:
        """What the limits say of the gift received."""
        gift = self.facts.gift_received
        if gift is None:
            return None
        return gifts.received(gift, self.on, self.settings, self.pack.file.caps)

    @cached_property
    def given(self) -> gifts_given.Given | None:
        """What the limits say of the gift given."""
        gift = self.facts.gift_given
        if gift is None:
            return None
        return gifts_given.given(gift, self.on, self.settings, self.pack.file.caps)

    @property
    def today(self) -> date:
        """The day by which something has begun: when it was filed, else the day judged."""
        return self.facts.filed_on or self.on

    @property
    def last_fiscal_year(self) -> date:
        """The first day of the last completed fiscal year."""
        held = self.facts.independence
        if held and held.fiscal_year_end:
            return fiscal_year_start(held.fiscal_year_end)
        month, day = self.pack.company.fiscal_year_end.split("-")
        end = add_years(date(2024, int(month), int(day)), self.on.year - 2024)
        return fiscal_year_start(end if end < self.on else add_years(end, -1))

    def on_day(self, day: date) -> Ground:
        """The same case on another day."""
        return Ground(self.facts, self.pack, day, self.came_to)

    def having(self, *conditions: str) -> Ground:
        """The same case with further conditions made true."""
        return replace(self, came_to=self.came_to | set(conditions))
