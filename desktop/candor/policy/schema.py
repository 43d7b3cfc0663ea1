"""What facts may say and what an answer says, as JSON Schema that explains itself.

Whoever reads only this can write the facts of any matter: every field says what it means, the
pack's own words (offices, committees, clauses, prohibitions, settings) stand beside, and examples
show whole documents.
"""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

import msgspec

from candor.policy.answer import Answer
from candor.policy.facts import Facts, Matter
from candor.policy.pack import Pack
from candor.policy.pack.rows import CASE_OFFICES
from candor.policy.schema_examples import EXAMPLES

_DRAFT = "https://json-schema.org/draft/2020-12/schema"

SECTIONS: dict[Matter, tuple[str, ...]] = {
    Matter.CONFLICT: ("conflict", "interests", "own_gain", "board_matter"),
    Matter.FINANCIAL_INTEREST: ("financial_interest", "parties", "transaction"),
    Matter.FAMILY_BUSINESS: ("parties", "transaction", "begins_on"),
    Matter.OUTSIDE_SERVICE: ("service", "parties", "boards"),
    Matter.OPPORTUNITY: ("opportunity",),
    Matter.LOAN: ("loan",),
    Matter.GIFT_RECEIVED: ("gift_received", "transaction"),
    Matter.GIFT_GIVEN: ("gift_given",),
    Matter.RELATED_PERSON_TRANSACTION: ("transaction", "parties", "independence"),
    Matter.WAIVER: ("waiver", "decision", "votes", "rulings"),
    Matter.ACKNOWLEDGEMENT: ("acknowledgement",),
    Matter.CONCERN: ("concern",),
    Matter.CONTROL_DEFICIENCY: ("concern",),
    Matter.INFORMATION_COPY: ("information",),
    Matter.PROPERTY_REMOVAL: ("removal",),
    Matter.DIRECTOR_INTEREST: ("board_matter",),
    Matter.QUESTIONNAIRE: ("independence", "boards", "trade"),
    Matter.GUIDANCE: (),
    Matter.RETENTION_QUESTION: (),
    Matter.ANNUAL_REVIEW: ("parties", "service", "financial_interest", "transaction"),
    Matter.BUSINESS_PARTNER: (),
    Matter.SUB_CERTIFICATION: ("acknowledgement",),
    Matter.CODE_AMENDMENT: ("amendment", "decision", "votes"),
}
"""The parts of the facts that tell what each matter is about; others may stand beside them."""


def schema(pack: Pack) -> dict[str, Any]:
    """The schemas of facts and answer, with the words of one pack and examples."""
    return {
        "about": (
            "Facts go in, an answer comes out: candor decide FACTS.json --json. Facts say what is "
            "the case and never what follows. Give matter, filer and people; then the sections "
            "named under sections for the matter, and whatever else is true. Dates are "
            "YYYY-MM-DD. Unknown names, impossible dates and amounts with too many decimals are "
            "refused, all at once."
        ),
        "sections": {str(matter): list(parts) for matter, parts in SECTIONS.items()},
        "vocabulary": _vocabulary(pack),
        "examples": [{"about": about, "facts": facts} for about, facts in EXAMPLES],
        "facts": _described(Facts),
        "answer": _described(Answer),
    }


def _described(wanted: type) -> dict[str, Any]:
    found: dict[str, Any] = {"$schema": _DRAFT, **msgspec.json.schema(wanted)}
    _clean(found)
    return found


def _clean(part: Any) -> None:
    """Docstrings keep their indentation; a reader of the schema should not see it."""
    if isinstance(part, dict):
        if isinstance(part.get("description"), str):
            part["description"] = cleandoc(part["description"]).replace("``", "")
        for inner in part.values():
            _clean(inner)
    elif isinstance(part, list):
        for inner in part:
            _clean(inner)


def _vocabulary(pack: Pack) -> dict[str, Any]:
    """The ids that facts may use under this pack, and what they stand for."""
    file = pack.file
    return {
        "pack": {"company": file.company.name, "code_version": file.company.code_version},
        "offices": [
            {"id": row.id, "title": row.title, "implies": sorted(pack.implied(row.id))}
            for row in file.office
        ],
        "offices_of_a_case": dict(CASE_OFFICES),
        "committees": [
            {
                "id": row.id,
                "title": row.title,
                "chair": row.chair,
                "member": row.member,
                "members": str(row.members),
            }
            for row in file.committee
        ],
        "clauses": {row.number: row.title for row in file.clause},
        "prohibitions": [
            {
                "id": row.id,
                "title": row.title,
                "waivable_by": str(row.waivable_by),
                "clause": row.clause,
            }
            for row in file.prohibition
        ],
        "lists": {row.id: list(row.values) for row in file.list},
        "settings": {
            name: {"value": row.value, "source": row.source} for name, row in file.settings.items()
        },
    }
