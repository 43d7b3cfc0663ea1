"""The shipped code pack: every row is complete, cited and true of its own examples."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from candor.policy.conditions import CONDITIONS
from candor.policy.examples import Example, examples, fault
from candor.policy.pack import Audience, Pack, load_pack
from candor.policy.pack.rows import AudienceExample
from candor.policy.routing import readers
from candor.resources import pack_bytes

PACK = load_pack(pack_bytes("immunogen"))


def _pack() -> Pack:
    return PACK


@pytest.mark.parametrize("example", list(examples(PACK)), ids=lambda example: example.name)
def test_a_row_is_the_one_for_its_example_and_not_for_its_counter_example(
    example: Example,
) -> None:
    assert fault(PACK, example) == ""


def _readers(audience: str, facts: AudienceExample) -> list[str]:
    """Everybody holds one office, the filer those named, nobody the absent ones."""
    holders: dict[str, tuple[str, ...]] = {o: (f"holder of {o}",) for o in PACK.offices}
    holders.update(dict.fromkeys(facts.filer, ("filer",)))
    holders.update(dict.fromkeys(facts.absent, ()))
    return [office for office, _ in readers(PACK, audience, "filer", holders)]


@pytest.mark.parametrize("audience", PACK.file.audience, ids=lambda row: row.id)
def test_an_audience_opens_to_its_examples_and_not_to_its_counter_examples(
    audience: Audience,
) -> None:
    assert audience.holds
    assert audience.fails
    for example in audience.holds:
        assert _readers(audience.id, example) == list(example.readers)
    for example in audience.fails:
        assert _readers(audience.id, example) != list(example.readers)


def _cited(pack: Pack) -> set[str]:
    """Every clause to which a rule of the pack gives behaviour."""
    file = pack.file
    rows = (*file.route, *file.prohibition, *file.flag, *file.duty)
    cited = {row.clause for row in (*rows, *file.retention, *file.contact)}
    cited |= {step.clause for chain in file.chain for step in chain.step}
    return cited | {number for text in file.text for number in text.clauses}


def test_every_clause_has_a_rule_a_form_or_a_text() -> None:
    cited = _cited(PACK)
    bare = [row.number for row in PACK.clauses if not (row.number in cited or row.forms)]
    assert bare == []


def test_no_clause_is_excused_by_a_recorded_reason() -> None:
    """Every clause of this Code asks something of the program."""
    assert [row.number for row in PACK.clauses if row.no_behaviour] == []


def test_the_code_is_covered_from_its_first_clause_to_its_last() -> None:
    counted = Counter(clause.number.split()[0] for clause in PACK.clauses)
    assert counted == {
        "I": 3,
        "II": 7,
        "III": 13,
        "IV": 6,
        "V": 4,
        "VI": 5,
        "VII": 2,
        "VIII": 6,
        "IX": 4,
        "X": 2,
    }


def test_every_condition_is_used_by_a_rule_of_this_pack_or_of_the_other_company() -> None:
    other = load_pack(pack_bytes(Path(__file__).parents[1] / "policy" / "packs" / "harbor"))
    used: set[str] = set()
    for file in (PACK.file, other.file):
        for row in (*file.route, *file.prohibition, *file.flag, *file.duty):
            used |= {*row.when, *row.unless}
    assert used == set(CONDITIONS)


def test_the_secretary_reads_neither_concerns_nor_controls() -> None:
    pack = _pack()
    for name in ("concerns", "controls"):
        audience = pack.audience(name)
        assert "secretary" not in audience.offices + audience.alternates


def test_every_signer_of_a_packet_signs_a_text_and_holds_an_office() -> None:
    pack = _pack()
    for kind in ("packet", "supplement"):
        line_up = pack.line_up(kind)
        assert [row.act for row in line_up] == ["certify", "approve", "approve"]
        assert all(pack.text(row.meaning).startswith("I ") for row in line_up)
        assert {row.office for row in line_up} <= {*pack.offices, "acting_chair"}


def test_every_setting_is_dated_and_names_its_source() -> None:
    for name, setting in _pack().file.settings.items():
        dates = (setting.effective, setting.checked_on)
        assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", text) for text in dates), name
        assert setting.source, name
        assert setting.checked_by, name
