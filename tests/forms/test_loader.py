"""Loading: a sound form becomes types; a faulty one is refused with every fault and its line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from candor.forms import __main__ as command
from candor.forms.definition import Form
from candor.forms.faults import FormFaults
from candor.forms.kinds import Kind
from candor.forms.loader import LARGEST_FILE, FormUnreadable, digest, load
from candor.policy.terms import FilerClass, FlagKind, Severity

from .conftest import HEAD, SAMPLE

FORMS = Path(__file__).parents[2] / "forms"


def faults_of(text: str) -> dict[int, list[str]]:
    """Faults of a form by line."""
    with pytest.raises(FormFaults) as caught:
        load(text.encode(), "bad.toml")
    found: dict[int, list[str]] = {}
    for fault in caught.value.faults:
        found.setdefault(fault.line, []).append(fault.text)
    return found


def fault_of(text: str) -> str:
    """The only fault of a form, as it is shown."""
    with pytest.raises(FormFaults) as caught:
        load(text.encode(), "bad.toml")
    assert len(caught.value.problems) == 1, caught.value.problems
    return caught.value.problems[0]


def test_sound_form_becomes_types(sample: Form) -> None:
    dealing = sample.question("6.01")
    assert sample.roles == (FilerClass.DIRECTOR, FilerClass.EXECUTIVE_OFFICER)
    assert sample.default_audience == dealing.audience == "questionnaire"
    assert dealing.kind is Kind.YES_NO_EXPLAIN
    assert dealing.roles == sample.roles
    assert dealing.column("paid").kind is Kind.MONEY
    assert dealing.flags[1].severity is Severity.HIGH
    assert dealing.flags[1].kinds == (FlagKind.RPT, FlagKind.IND)
    assert sample.audiences() == ("questionnaire", "controls")
    assert sample.settings["auditor"] == "Ledger & Sons"


def test_digest_is_of_the_exact_bytes(sample: Form) -> None:
    data = SAMPLE.encode()
    assert sample.digest == digest(data) == hashlib.sha256(data).hexdigest()
    assert load(data + b"\n").digest != sample.digest


def test_same_bytes_are_read_once() -> None:
    assert load(SAMPLE.encode()) is load(bytes(bytearray(SAMPLE.encode())))


def test_lines_ended_in_windows_fashion_load_too() -> None:
    assert load(SAMPLE.replace("\n", "\r\n").encode()).question("6.06").kind is Kind.SIGNATURE


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_form_has_no_fault_and_is_named_as_its_file(path: Path) -> None:
    assert load(path).id == path.stem


def test_the_readme_shows_a_form_that_loads() -> None:
    example = (FORMS / "README.md").read_text("utf-8").split("```toml\n")[1].split("```")[0]
    assert [q.id for q in load(example.encode()).questions] == ["6.01", "6.05"]


def test_every_fault_is_reported_at_once_with_its_line() -> None:
    text = (
        SAMPLE.replace('kind = "short_text"\ntext.en = "Your name?"', 'knid = "short_text"')
        .replace('severity = "medium"', 'severity = "dire"')
        .replace("q('6.01') == yes", "q('6.06') == yes")
        .replace('section = "dealings"\nkind = "signature"', 'section = "else"\nkind = "signature"')
    )
    found = faults_of(text)
    lines = text.splitlines()
    first = lines.index('id = "1.01"')
    assert found[first] == ["“kind” is missing", "“text” is missing"]
    at = {
        'knid = "short_text"': "the key “knid” is not known here; did you mean “kind”?",
        'severity = "dire"': "“dire” is not one of high, medium, low, open",
        "show_when = \"q('6.06') == yes\"": (
            "question 6.06 comes later; an expression may only look back"
        ),
        'section = "else"': "there is no section “else”",
    }
    for line, said in at.items():
        assert found[lines.index(line) + 1] == [said]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "1.02"', 'id = "1.01"', "“1.01” is used twice"),
        ('roles = ["director", "executive_officer"]', 'roles = ["king"]', "“king” is not one of"),
        ('audience = "controls"', 'audience = "The Chair"', "must be lower-case letters"),
        ('title.en = "Sample"', 'title.de = "Muster"', "the form's languages do not include “de”"),
        ('title.en = "Sample"', "title.en = 3", "this must be text, and is a whole number"),
        ('intro.en = "Why."', 'intro.en = " "', "the text is empty"),
        ('intro.en = "Why."', 'intro.en = "{x}"', "“{x}” names nothing that this form declares"),
        ('intro.en = "Why."', 'intro.en = "}"', "a brace stands alone"),
        ("version = 1", "version = 0", "0 is not between 1 and"),
        ("version = 1", "version = true", "must be a whole number, and is true or false"),
        ("version = 1", "", "“version” is missing"),
        ('code = "F00"', 'code = "F00"\ncolour = "red"', "the key “colour” is not known here"),
        ('case_prefix = "SMP"', 'case_prefix = "x-1"', "two to six capital letters"),
        ('kind = "fiscal_year_start"', 'kind = "week"', "“week” is not one of fiscal_year_start"),
        ('text.en = "Since {date}"', 'text.en = "Since"', "{date} is missing in the text"),
        ("number = 6", "number = 1", "sections must stand in the order of their numbers"),
        ('kind = "attachment"', 'kind = "choice"', "a choice needs at least two choices"),
        ('kind = "attachment"', 'kind = "table"', "a table needs columns"),
        ('kind = "attachment"', 'kind = "attachment"\ncolumns = [1]', "this must be a table"),
        ('key = "not_approved"', 'key = "ac"', "“ac” is used twice"),
        ('id = "paid"', 'id = "party"', "“party” is used twice"),
        ('kind = "money"', 'kind = "table"', "a column cannot be table"),
        ("required = false", 'required = "no"', "this must be true or false, and is text"),
        ('period = "lfy"', 'period = "moon"', "there is no period “moon”"),
        ('kind = "signature"', 'kind = "signature"\ncurrency = "XXQ"', "is not a currency code"),
        ('kind = "signature"', 'kind = "signature"\ndecimals = 2', "only a number has decimals"),
        ('kind = "signature"', 'kind = "signature"\nroles = ["nominee"]', "not for the role"),
        ('kinds = ["CTRL"]', "kinds = []", "the list is empty"),
        ('kinds = ["CTRL"]', 'kinds = ["CTRL", "CTRL"]', "“CTRL” stands here twice"),
        ('id = "6.06"', 'id = "7.06"', "it stands in section 6"),
        ('id = "6.06"', 'id = "6 06"', "an id has letters, digits"),
    ],
)
def test_fault_is_named(old: str, new: str, said: str) -> None:
    found = faults_of(SAMPLE.replace(old, new, 1))
    assert any(said in text for texts in found.values() for text in texts), found


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("answer =", "column 8: “=” is not understood"),
        ("answer ==", "column 10: it ends too early"),
        ("(answer == yes", "“)” is missing"),
        ("answer == yes == no", "join two comparisons with “and”"),
        ("answer == 'x'", "yes or no cannot be compared with text"),
        ("answer > yes", "yes or no has no order; use == or !="),
        ("answer", ""),
        ("rows", "a condition must hold or not hold, and this is a number"),
        ("rows and answer == yes", "“and”, “or” and “not” join conditions, and this is a number"),
        ("role == 'director'", "a set is tested with “in”"),
        ("'king' in role", "“king” is not one of"),
        ("'x' in 'y'", "right of “in” stands a list or a set"),
        ("setting.nothing > 3", "the setting “nothing” is not declared in [form.setting]"),
        ("period.moon > '2026-01-01'", "there is no period “moon”"),
        ("determination_date > 'soon'", "a date is compared with a date such as"),
        ("q('6.01') == yes", "the question names itself; write “answer”"),
        ("q('9.99') == yes", "there is no question 9.99"),
        ("q(1.01) == yes", "takes the id of a question in quotation marks"),
        ("q('1.02') == yes", "question 1.02 has no value to compare; use its rows"),
        ("q('6.03') == yes", "question 6.03 comes later"),
        ("answer == row.paid", "“row” stands only inside any(...)"),
        ("any(row.colour == yes)", "question 6.01 has no column “colour”"),
        ("any(row.paid)", "any(...) needs a condition, and this is money"),
        ("any(any(row.paid > 1))", "cannot stand inside another of its kind"),
        ("any('1.01', row.paid > 1)", "question 1.01 has no columns"),
        ("any(row.kin == 'x')", "question 6.01 has no column “kin”"),
        ("any('1.02', row.kin == 'aunt')", "“aunt” is not one of child, spouse"),
        ("sum(row.party) > 1", "sum(...) needs amounts, and this is text"),
        ("sum() > 1", "sum(...) takes one expression over a row"),
        ("row.paid + 'x' > 1", "“row” stands only inside"),
        ("rows + 'x' > 1", "only numbers and money can be added or taken away"),
        ("months('x', 'y') > 1", "months(...) takes two dates"),
        ("wish(1)", "the function “wish” is not known"),
        ("wish", "the name “wish” is not known"),
        ("wish.me == 1", "the name “wish.me” is not known"),
        ("current_rows('paid') > 1", "current_rows(...) needs a date in column “paid”"),
        ("current_rows(paid) > 1", "takes the names of columns in quotation marks"),
        ("current_rows() > 1", "current_rows(...) takes 1 arguments, and has 0"),
        ("gap_over('x', 'y', 'z', 5)", "gap_over(...) needs a number here"),
        ("1" * 1200, "it is longer than 1000 characters"),
        ("(" * 30 + "rows > 1" + ")" * 30, "too many brackets inside one another"),
        ("rows" + " + 1" * 200 + " > 1", "it has more than 250 words and signs"),
    ],
)
def test_unsound_expression_is_refused_before_anybody_meets_it(expression: str, said: str) -> None:
    quoted = expression.replace("\\", "\\\\").replace('"', '\\"')
    text = SAMPLE.replace('when = "answer == yes"', f'when = "{quoted}"', 1)
    if not said:
        assert load(text.encode()).question("6.01").flags[0].when == expression
        return
    found = faults_of(text)
    assert any(said in fault for faults in found.values() for fault in faults), found


def test_expression_that_reads_an_answer_of_another_audience_is_refused() -> None:
    text = SAMPLE.replace(
        'kind = "attachment"', 'kind = "attachment"\nshow_when = "q(\'6.03\') == yes"'
    )
    assert "another audience, which this would betray" in fault_of(text)


def test_show_when_cannot_read_the_answer_it_decides_about() -> None:
    text = SAMPLE.replace("q('6.01') == yes", "answer == 'ac'")
    assert "the question is not answered yet" in fault_of(text)


def test_computed_check_needs_its_settings_declared() -> None:
    head = SAMPLE.replace("d_test_floor = 200000\n", "")
    call = "d_test_over('party', 'party', 'party', 'paid', 'paid', 'party')"
    found = faults_of(head.replace("answer == yes", call, 1))
    texts = [text for line in found.values() for text in line]
    assert "d_test_over(...) needs the setting “d_test_floor” in [form.setting]" in texts
    assert "d_test_over(...) needs a number in column “party”" in texts


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a = \n", "line 1: this is not TOML: Invalid value"),
        (b"\n\n[form]\n[form]\n", "line 4: this is not TOML: Cannot declare"),
        (b"a = 'x\n", "line 1: this is not TOML"),
        (b"\n\xff\n", "line 2: this is not UTF-8 text"),
        (b"a = " + b"[" * 50_000, "too deep inside one another"),
        (b"a = " + b"9" * 50_000, "this is not TOML"),
    ],
)
def test_file_that_is_not_toml_is_refused_with_its_line(data: bytes, said: str) -> None:
    with pytest.raises(FormFaults) as caught:
        load(data, "bad.toml")
    assert said in caught.value.problems[0]


def test_file_that_is_missing_or_far_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormUnreadable, match="could not be opened"):
        load(tmp_path / "none.toml")
    with pytest.raises(FormUnreadable, match="larger than 2048 KiB"):
        load(b"#" * (LARGEST_FILE + 1))


def test_empty_file_names_everything_that_is_missing() -> None:
    with pytest.raises(FormFaults) as caught:
        load(b"", "empty.toml")
    said = " ".join(caught.value.problems)
    assert all(word in said for word in ("[form]", "“section”", "“question”", "“title”"))


def test_form_with_thousands_of_questions_is_refused_quickly() -> None:
    question = '[[question]]\nid = "x"\nsection = "people"\nkind = "date"\ntext.en = "When?"\n'
    with pytest.raises(FormFaults) as caught:
        load((HEAD + question * 20_000).encode())
    assert any("more than 1000 of these" in text for text in caught.value.problems)
    assert len(caught.value.faults) <= 500


def test_several_languages_must_all_be_there() -> None:
    text = SAMPLE.replace('code = "F00"', 'code = "F00"\nlanguages = ["en", "de"]')
    found = faults_of(text)
    assert found[text.splitlines().index('title.en = "Sample"') + 1] == [
        "the text in “de” is missing"
    ]


def test_command_lists_the_faults_of_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(SAMPLE, "utf-8")
    bad.write_text(SAMPLE.replace("version = 1", ""), "utf-8")
    assert command.main([str(good)]) == 0
    assert command.main([str(good), str(bad)]) == 1
    out = capsys.readouterr().out
    assert "good.toml: no faults, 9 questions" in out
    assert "bad.toml, line 2 (form, version): “version” is missing" in out
