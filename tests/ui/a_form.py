"""A small form with a question of every kind, read by the real loader."""

from __future__ import annotations

from candor.forms.answers import Context, Filer
from candor.forms.definition import Form
from candor.forms.loader import load

TEXT = """
[form]
id = "gifts"
code = "GFT"
version = 1
case_prefix = "GFT"
roles = ["director"]
audience = "questionnaire"
title.en = "Gifts"
intro.en = "Gifts you were offered."
carve_out.en = "Nothing here keeps you from reporting to an agency."

[[form.definition]]
term.en = "Giver"
meaning.en = "Whoever pays for the gift."

[[period]]
id = "lfy"
kind = "fiscal_year_start"
count = 0
text.en = "Since {date}"

[[section]]
id = "offers"
number = 1
title.en = "Offers"
intro.en = "What you were offered."

[[section]]
id = "more"
number = 2
title.en = "More"

[[question]]
id = "1.01"
section = "offers"
kind = "yes_no_explain"
period = "lfy"
text.en = "Did a giver offer you anything?"
why.en = "A gift must be modest and approved."
cites = ["Code III"]
columns = [
  { id = "giver", label.en = "Giver", kind = "short_text" },
  { id = "day", label.en = "Offered", kind = "date" },
  { id = "value", label.en = "Value", kind = "money" },
  { id = "kept", label.en = "Kept", kind = "yes_no", required = false },
]
[[question.flag]]
when = "answer == yes"
severity = "medium"
kinds = ["COI"]
text.en = "A gift was offered."

[[question]]
id = "1.02"
section = "offers"
kind = "yes_no"
show_when = "q('1.01') == yes"
about_relatives = true
text.en = "Was it given to a relative?"

[[question]]
id = "1.03"
section = "offers"
kind = "yes_no_explain"
text.en = "Is a bid of the giver open?"
[[question.flag]]
when = "answer == yes"
severity = "high"
kinds = ["COI"]
text.en = "A bid is open."

[[question]]
id = "1.04"
section = "offers"
kind = "short_text"
prefill = "title"
text.en = "What is your title?"

[[question]]
id = "2.01"
section = "more"
kind = "long_text"
text.en = "What else should we know?"

[[question]]
id = "2.02"
section = "more"
kind = "number"
text.en = "How many were at the table?"

[[question]]
id = "2.03"
section = "more"
kind = "money"
text.en = "What was it worth?"

[[question]]
id = "2.04"
section = "more"
kind = "date"
text.en = "When was it?"

[[question]]
id = "2.05"
section = "more"
kind = "choice"
choices = [ { key = "meal", label.en = "Meal" }, { key = "travel", label.en = "Travel" } ]
text.en = "What sort was it?"

[[question]]
id = "2.06"
section = "more"
kind = "multi_choice"
choices = [ { key = "a", label.en = "Food" }, { key = "b", label.en = "Drink" } ]
text.en = "What was served?"

[[question]]
id = "2.07"
section = "more"
kind = "person"
text.en = "Who invited you?"

[[question]]
id = "2.08"
section = "more"
kind = "table"
text.en = "Who else came?"
columns = [
  { id = "name", label.en = "Name", kind = "short_text" },
  { id = "sort", label.en = "Sort", kind = "choice", choices = [
    { key = "staff", label.en = "Staff" }, { key = "guest", label.en = "Guest" } ] },
]

[[question]]
id = "2.09"
section = "more"
kind = "attachment"
required = false
text.en = "Is there an invitation?"

[[question]]
id = "2.10"
section = "more"
kind = "acknowledgement"
text.en = "I have read the gifts section."
"""


def small_form() -> Form:
    """The small form."""
    return load(TEXT.encode(), "gifts.toml")


def small_context() -> Context:
    """A director's context with one fact on file."""
    return Context(
        filer=Filer(classes=("director",)),
        determination_date="2027-02-24",
        fiscal_year_end="2026-12-31",
        facts={"1.04": "Director"},
    )
