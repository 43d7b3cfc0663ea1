"""A form as typed data: what the loader returns and everything else reads."""

from __future__ import annotations

from dataclasses import dataclass, field

from candor.forms.kinds import Kind
from candor.policy.facts import Matter
from candor.policy.terms import FilerClass, FlagKind, Severity

Texts = dict[str, str]
"""A text keyed by language, e.g. {"en": "..."}."""


def text_in(texts: Texts, language: str) -> str:
    """The text in ``language``, else in English, else the first there is, else ''."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


@dataclass(frozen=True)
class Choice:
    """One entry of a choice or multi-choice question."""

    key: str
    label: Texts
    fact: str = ""
    """The word that the rules know it by, where that is no key: ``III b3``."""

    @property
    def states(self) -> str:
        """What choosing it states."""
        return self.fact or self.key


@dataclass(frozen=True)
class Column:
    """One typed column of a table question."""

    id: str
    label: Texts
    kind: Kind
    required: bool = True
    choices: tuple[Choice, ...] = ()
    currency: str = "USD"
    decimals: int = 0
    """For numbers: digits after the point; the record holds the integer of the smallest unit."""
    grouped: bool = True
    """For numbers: shown with thousands commas; false for years and reference numbers."""
    fact: str = ""
    """The field of the question's fact that the cells state; ``.`` where they are its entries."""


@dataclass(frozen=True)
class FlagRule:
    """Raises a flag when ``when`` holds (an expression of the closed language, see
    forms/README.md); ``text`` says in words what was flagged, and no more than is certain."""

    when: str
    severity: Severity
    kinds: tuple[FlagKind, ...]
    text: Texts


@dataclass(frozen=True)
class StopRule:
    """Where ``when`` holds the form cannot be signed, only saved: nobody may approve it.

    ``rule`` is the id of a prohibition of the code pack; ``text`` says what is not allowed and
    ``remedy`` what to do instead.
    """

    when: str
    rule: str
    text: Texts
    remedy: Texts


@dataclass(frozen=True)
class CheckRule:
    """Where ``when`` holds the answer cannot be right, and ``text`` says what to mend."""

    when: str
    text: Texts


@dataclass(frozen=True)
class Opening:
    """A form that an answer offers to open, and what it takes along.

    ``when`` is an expression; for a question with rows it is asked of each row, and each row for
    which it holds opens one. Empty: on a yes, or for every row. ``carry`` says which column,
    ``explanation`` or earlier question fills which question of the form that is opened.
    """

    form: str
    when: str = ""
    carry: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Period:
    """A relevant period, computed and printed beside its questions.

    ``kind``: ``fiscal_year_start`` (``count`` fiscal years back, 0 = the last completed one) and
    ``fiscal_years_back`` count from the context's fiscal year end; ``years_back`` and
    ``days_ahead`` from its determination date (forms/README.md has the table).
    """

    id: str
    kind: str
    count: int
    text: Texts


@dataclass(frozen=True)
class Question:
    """One question, in every language, with its audience, rules and sources."""

    id: str
    section: str
    kind: Kind
    text: Texts
    audience: str
    roles: tuple[FilerClass, ...]
    help: Texts = field(default_factory=dict)
    why: Texts = field(default_factory=dict)
    cites: tuple[str, ...] = ()
    show_when: str = ""
    flags: tuple[FlagRule, ...] = ()
    period: str = ""
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    currency: str = "USD"
    required: bool = True
    explain_when: str = ""
    """Expression; where it holds the explanation is compulsory. Empty: for yes_no_explain
    wherever a flag of the question holds (with columns a yes needs a row instead)."""
    attach_when: str = ""
    """Expression; where it holds at least one attached file is compulsory."""
    about_relatives: bool = False
    """The answer needs a source of knowledge: known, asked, could not ask."""
    prefill: str = ""
    """Name of the company fact offered here, to be confirmed, changed or disputed."""
    opens: tuple[Opening, ...] = ()
    stops: tuple[StopRule, ...] = ()
    checks: tuple[CheckRule, ...] = ()
    fact: str = ""
    """Path in `policy.facts.Facts` that the answer states, e.g. ``gift_received.value``."""
    default_off: bool = False
    """Asked only of a filer whose attributes hold ``ask.<id>``."""
    decimals: int = 0
    """For numbers: digits after the point; the record holds the integer of the smallest unit."""
    grouped: bool = True
    """For numbers: shown with thousands commas; false for years and reference numbers."""
    min_rows: int = 0
    max_rows: int = 500
    """With 1 the columns are shown as a small form."""
    row_for_each: str = ""
    """Id of a choice column of which every choice has exactly one row."""
    short: Texts = field(default_factory=dict)
    """A name of a few words, for lists such as "what changed"; may be empty."""
    carry_forward: bool = True
    """Whether last year's answer is proposed."""

    @property
    def has_rows(self) -> bool:
        """Whether an answer to this question holds table rows."""
        return bool(self.columns)

    def column(self, column_id: str) -> Column:
        """The column of that id. Raises KeyError."""
        for column in self.columns:
            if column.id == column_id:
                return column
        raise KeyError(column_id)


@dataclass(frozen=True)
class Section:
    """One part of a form."""

    id: str
    number: int
    title: Texts
    intro: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """A whole form definition; ``digest`` is the SHA-256 (hex) of the exact TOML bytes."""

    id: str
    code: str
    version: int
    title: Texts
    intro: Texts
    carve_out: Texts
    roles: tuple[FilerClass, ...]
    case_prefix: str
    default_audience: str
    periods: tuple[Period, ...]
    definitions: tuple[tuple[Texts, Texts], ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    digest: str
    languages: tuple[str, ...] = ("en",)
    settings: dict[str, int | str | bool] = field(default_factory=dict)
    """Every setting that expressions and texts name, with the value to start from."""
    matter: Matter | None = None
    """What the form puts to the Code; None where it opens no case to be routed."""
    blocks: tuple[str, ...] = ()
    """Shared blocks that its bytes include."""

    def question(self, question_id: str) -> Question:
        """The question of that id. Raises KeyError."""
        return self._by_id[question_id]

    @property
    def _by_id(self) -> dict[str, Question]:
        cached: dict[str, Question] | None = self.__dict__.get("_index")
        if cached is None:
            cached = {q.id: q for q in self.questions}
            object.__setattr__(self, "_index", cached)
        return cached

    def audiences(self) -> tuple[str, ...]:
        """Every audience that a question of this form has, in order of first mention."""
        return tuple(dict.fromkeys(q.audience for q in self.questions))
