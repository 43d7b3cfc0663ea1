"""What the demonstration company has on file about each person: the facts offered for prefill."""

from __future__ import annotations

from typing import Any

from candor.app.demo_people import DemoPerson, pick, roll, table
from candor.forms.kinds import Value
from candor.policy.terms import FilerClass

FISCAL_YEAR = 2026
"""The fiscal year that the demonstration's questionnaire is about; it ends on 31 December."""


def usd(dollars: int) -> dict[str, Any]:
    """Whole dollars as a record holds money."""
    return {"minor": dollars * 100, "currency": "USD"}


def facts(person: DemoPerson, year: int = FISCAL_YEAR) -> dict[str, Value]:
    """What the company already knows, by question id, about the fiscal year ``year``.

    Only what this filer is asked: a nominee has neither attendance nor pay.
    """
    known: dict[str, Value] = {
        "1.03": [_contact(person)],
        "1.05": _positions(person),
        "2.01": _occupations(person),
        "4.01": _holdings(person, year),
        "5.02": _late_reports(person, year),
        "9.01": _pay(person, year),
        "13.02": [],
    }
    if {FilerClass.DIRECTOR.value, FilerClass.NOMINEE.value} & set(person.classes):
        known["2.02"] = [dict(board) for board in person.boards]
    if FilerClass.DIRECTOR.value in person.classes:
        known["2.09"] = False
    return known


def _phone(person: DemoPerson, what: str) -> str:
    return f"+1 617 555 01{roll(person.seed, person.key, what) % 100:02d}"


def _contact(person: DemoPerson) -> dict[str, str]:
    names = table("names")
    number = 2 + roll(person.seed, person.key, "house") % 180
    street = pick(names["streets"], person.seed, person.key, "street")
    relative = pick(names["relatives"], person.seed, person.key, "emergency")
    return {
        "business_address": table("cast")["address"],
        "home_address": f"{number} {street}, {person.town}",
        "phone": _phone(person, "phone"),
        "email": person.email,
        "emergency": f"{relative} {person.last_name}, {_phone(person, 'emergency')}",
    }


def _positions(person: DemoPerson) -> list[Any]:
    if not person.joined:
        return []
    titles = ["Director"] if FilerClass.DIRECTOR.value in person.classes else []
    if person.employed:
        titles.append(person.title.removesuffix(", director"))
    company = table("cast")["company"]
    return [{"position": t, "entity": company, "from": person.joined} for t in titles]


def _occupations(person: DemoPerson) -> list[Any]:
    rows: list[Any] = [{**row, "affiliate": False} for row in person.work]
    if person.employed:
        rows.append(
            {
                "employer": table("cast")["company"],
                "business": "Biotechnology",
                "title": person.title.removesuffix(", director"),
                "from": person.joined,
                "affiliate": False,
            }
        )
    return rows


def _holdings(person: DemoPerson, year: int) -> list[Any]:
    if not person.joined:
        return []
    shares = 2_000 + 100 * (roll(person.seed, person.key, "shares") % 400)
    grown = shares + 1_500 * (year - FISCAL_YEAR + 1)
    both = {"class": "Common stock", "voting": "sole", "disposal": "sole"}
    rows: list[Any] = [{**both, "shares": grown, "held": "direct"}]
    if person.employed:
        rows.append({**both, "shares": 800, "held": "retirement"})
    return rows


def _late_reports(person: DemoPerson, year: int) -> list[Any]:
    late = [row for row in table("cast")["late_report"] if row["person"] == person.key]
    return [
        {name: cell for name, cell in row.items() if name not in {"person", "year"}}
        for row in late
        if row["year"] == year
    ]


def _pay(person: DemoPerson, year: int) -> list[Any]:
    if person.employed:
        salary = person.salary - 12_000 * (FISCAL_YEAR - year)
        rows = [
            (f"Salary for {year}", f"{year}-12-31", salary),
            (f"Bonus for {year - 1}", f"{year}-03-13", salary * 3 // 10),
            ("Stock units granted", f"{year}-03-04", salary * 6 // 10),
            ("Retirement plan match", f"{year}-12-31", 13_800),
        ]
    elif person.joined:
        committee = [(f"Committee fees for {year}", f"{year}-12-15", 15_000)]
        rows = [
            (f"Cash retainer for {year}", f"{year}-12-15", 52_500),
            *(committee if person.offices else []),
            ("Stock units granted", f"{year}-06-11", 240_000),
        ]
    else:
        rows = []
    return [{"item": item, "date": day, "amount": usd(dollars)} for item, day, dollars in rows]
