"""Another company's pack decides differently, and nothing in Python knows of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from candor.policy.answer import Answer, Part, Status
from candor.policy.decide import decide
from candor.policy.examples import faults
from candor.policy.facts.reading import FactsFaults, facts_from
from candor.policy.pack import Pack, load_pack
from candor.resources import pack_bytes

ON = date(2026, 11, 25)
FOLDER = Path(__file__).parent / "packs" / "harbor"
PEOPLE = [
    {"id": "eve", "roles": ["employee"]},
    {"id": "gc", "roles": ["gc"]},
    {"id": "tess", "roles": ["treasurer"]},
    {"id": "pat", "roles": ["president"]},
    {"id": "odo", "roles": ["ombud"]},
    {"id": "chair", "roles": ["compliance_chair", "independent"]},
    {"id": "member", "roles": ["compliance_member", "independent"]},
    {"id": "third", "roles": ["compliance_member", "independent"]},
    {"id": "dora", "roles": ["director", "independent"]},
]


@pytest.fixture(scope="module")
def harbor() -> Pack:
    return load_pack(pack_bytes(FOLDER))


def _ask(pack: Pack, matter: str, filer: str, **more: Any) -> Answer:
    document = {"matter": matter, "filer": filer, "people": PEOPLE, **more}
    return decide(facts_from(document, pack.known), pack, ON)


def _who(answer: Answer, part: Part = Part.DECIDES) -> list[str]:
    return [one.person or one.body for one in answer.deciders if one.part is part]


def test_every_example_of_the_other_pack_is_true(harbor: Pack) -> None:
    assert faults(harbor) == ()


def test_the_general_counsel_decides_and_nobody_stands_in(harbor: Pack) -> None:
    assert _who(_ask(harbor, "conflict", "eve")) == ["gc"]
    away = {"office": "gc", "since": "2026-11-20", "until": "2026-11-30", "signed": True}
    waiting = _ask(harbor, "conflict", "eve", absences=[away])
    assert waiting.status is Status.WAIT
    assert waiting.deciders == ()
    assert "Wait for the return" in " ".join(waiting.sentences)


def test_the_general_counsels_own_matter_goes_to_the_compliance_committee(harbor: Pack) -> None:
    answer = _ask(harbor, "conflict", "gc")
    assert _who(answer) == ["compliance"]
    assert answer.body is not None
    assert answer.body.title == "Compliance Committee"


@pytest.mark.parametrize(
    ("country", "currency", "amount", "blocked"),
    [
        ("DE", "EUR", "35.00", False),
        ("DE", "EUR", "35.01", True),
        ("CH", "CHF", "100.50", False),
        ("CH", "CHF", "100.51", True),
        ("FR", "EUR", "500.00", False),
    ],
)
def test_gifts_are_capped_by_country(
    harbor: Pack, country: str, currency: str, amount: str, blocked: bool
) -> None:
    gift = {
        "kind": "goods",
        "country": country,
        "value": {"amount": amount, "currency": currency},
    }
    assert _ask(harbor, "gift_received", "eve", gift_received=gift).blocked is blocked


def test_what_is_as_good_as_cash_is_the_packs_to_say(harbor: Pack) -> None:
    assert _ask(harbor, "gift_received", "eve", gift_received={"kind": "crypto"}).blocked
    assert not _ask(harbor, "gift_received", "eve", gift_received={"kind": "voucher"}).blocked


@pytest.mark.parametrize("filer", ["eve", "gc", "tess", "dora"])
def test_the_board_alone_waives_for_everybody(harbor: Pack, filer: str) -> None:
    assert _who(_ask(harbor, "waiver", filer, waiver={"provisions": ["2"]})) == ["board"]


def test_the_clock_is_the_packs_and_the_website_its_choice(harbor: Pack) -> None:
    decision = {"kind": "waiver_granted", "on": "2026-11-25", "body": "board", "how": "meeting"}
    votes = [{"member": m, "vote": "for"} for m in ("chair", "member", "third", "dora")]
    answer = _ask(
        harbor, "waiver", "tess", waiver={"provisions": ["2"]}, decision=decision, votes=votes
    )
    assert answer.assessments.clock is not None
    assert answer.assessments.clock.due == date(2026, 11, 30)
    assert answer.assessments.clock.website_route


def test_concerns_go_to_the_offices_of_that_company(harbor: Pack) -> None:
    concern = {"names": ["odo"], "send_to": ["ombud"]}
    assert _who(_ask(harbor, "concern", "eve", concern=concern), Part.RECEIVES) == ["chair"]


def test_offices_of_the_first_company_mean_nothing_here(harbor: Pack) -> None:
    people = [*PEOPLE, {"id": "zoe", "roles": ["clo"]}]
    with pytest.raises(FactsFaults) as refused:
        _ask(harbor, "conflict", "eve", people=people, vacant=["cfo"])
    assert len(refused.value.problems) == 2


def test_a_pack_in_one_file_decides_as_one_in_a_folder(harbor: Pack, tmp_path: Path) -> None:
    file = tmp_path / "harbor.toml"
    file.write_bytes(pack_bytes(FOLDER))
    assert load_pack(pack_bytes(file)).digest == harbor.digest
