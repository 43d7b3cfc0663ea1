"""What a verdict says first: what it means, and whom to ask."""

from __future__ import annotations

from a_company import DIRECTOR, PEOPLE, SECRETARY

from candor.app.verifying import verify_file, view
from candor.packet.verify_lines import NAMES, Line, LineState, SeenSigner, verdict

SIGNER = SeenSigner(
    "s1", "ada", "Ada Adler", "secretary", "Secretary", "compiled", "00", holds=True
)


def lines(state: LineState = LineState.DONE, statement: str = "Fine", evidence: str = ""):
    first = Line(NAMES[0], state, statement, evidence)
    return (first, *(Line(name, LineState.DONE, "Fine") for name in NAMES[1:]))


def test_a_green_verdict_says_whose_signatures_it_rests_on(town_after):
    shown = view(verdict(lines(), (SIGNER,) * 3), "book.pdf", town_after("replied")[DIRECTOR])
    assert shown.banner_text == (
        "All six lines are green. It is what the three signers signed, page by page."
    )
    assert "its one signer signed" in view(verdict(lines(), (SIGNER,)), "book.pdf").banner_text


def test_a_red_verdict_says_what_happened_and_asks_the_readers_own_secretary(town_after):
    session = town_after("replied")[DIRECTOR]
    found = verdict(lines(LineState.STOPPED, "It was changed after it was signed"), (SIGNER,))
    shown = view(found, "book.pdf", session)
    secretary = PEOPLE[SECRETARY]
    assert shown.banner_text == (
        "It was changed after it was signed. "
        f"Ask {secretary.name} for the file again; keep this one."
    )
    assert shown.ask is not None
    assert (shown.ask.name, shown.ask.to) == (secretary.name, secretary.email)
    assert "book.pdf" in shown.ask.text
    assert "Ada" not in shown.ask.text


def test_without_a_secretary_to_ask_a_red_verdict_sends_back_to_the_sender(town_after):
    found = verdict(lines(LineState.STOPPED, "It was changed after it was signed"))
    for session in (None, town_after("replied")[SECRETARY]):
        shown = view(found, "book.pdf", session)
        assert "Ask whoever sent it for the file again" in shown.banner_text
        assert shown.ask is None


def test_what_is_not_proved_yet_says_what_is_missing():
    found = verdict(lines(LineState.NEEDS, "Nobody has signed it", "3 pages."))
    assert view(found, "book.pdf").banner_text == "Content: Nobody has signed it. 3 pages."


def test_no_packet_at_all_is_told_with_whom_to_ask(town_after, tmp_path):
    session = town_after("replied")[DIRECTOR]
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"a letter")
    shown = verify_file(path, None, session, session.clock)
    assert shown.banner_text == (
        "This is not a packet that Candor compiled. "
        f"Ask {PEOPLE[SECRETARY].name} for the file again; keep this one."
    )
