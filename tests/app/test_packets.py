"""Packets: what stops them, who signs in which order, and what nobody may sign."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from a_company import CFO, CHAIR, CLO, DIRECTOR, MEMBER, PEOPLE, SECRET, SECRETARY, Town

from candor.app import board_book, campaigns, company, line_up
from candor.app.board_book import PacketKind, PacketRefused, PacketView
from candor.app.session import NotYours
from candor.app.signing import SignatureRefused
from candor.app.verifying import verify_file
from candor.clock import SteppingClock
from candor.errors import CandorError

LINE_UPS = {
    PacketKind.PACKET: (SECRETARY, CLO, CHAIR),
    PacketKind.SUPPLEMENT: (SECRETARY, CFO, MEMBER),
}


def campaign(town: Town) -> str:
    return campaigns.campaigns(town[SECRETARY])[0].id


def packet(town: Town, key: str, kind: PacketKind = PacketKind.PACKET) -> PacketView:
    return next(view for view in board_book.packets(town[key]) if view.kind is kind)


def sign(town: Town, key: str, kind: PacketKind = PacketKind.PACKET) -> None:
    name = PEOPLE[key].name
    board_book.sign_packet(town[key], packet(town, key, kind).id, name, SECRET)
    town.carry(key)
    town.carry(SECRETARY)


def test_what_is_missing_is_said_before_compiling_and_does_not_stop_it(town_after):
    town = town_after("referred")
    found = board_book.problems(town[SECRETARY], campaign(town), PacketKind.PACKET)
    assert [problem.stops for problem in found] == [False]
    assert "are not decided yet" in found[0].text


def test_without_a_single_reply_there_is_nothing_to_compile(town_after):
    town = town_after("issued")
    (problem,) = board_book.problems(town[SECRETARY], campaign(town), PacketKind.PACKET)
    assert problem.stops
    with pytest.raises(PacketRefused):
        board_book.compile_packet(town[SECRETARY], campaign(town), PacketKind.PACKET)
    assert board_book.packets(town[SECRETARY]) == ()


def test_the_signers_own_questionnaires_stand_in_the_supplement(town_after):
    town = town_after("decided")
    main, own = line_up.split(town[SECRETARY], campaign(town))
    assert {case.subject for case in own} == {town.id(CLO), town.id(CHAIR)}
    assert {case.subject for case in main} == {town.id(MEMBER), town.id(DIRECTOR), town.id(CFO)}


def test_nobody_signs_pages_on_their_own_answers(town_after):
    town = town_after("compiled")
    session = town[SECRETARY]
    for kind, signers in LINE_UPS.items():
        view = packet(town, SECRETARY, kind)
        assert [row.name for row in view.line_up] == [PEOPLE[key].name for key in signers]
        main, own = line_up.split(session, campaign(town))
        subjects = {case.subject for case in (main if kind is PacketKind.PACKET else own)}
        assert not subjects & {row.person for row in view.line_up}


def test_only_the_secretary_compiles(town_after):
    town = town_after("decided")
    with pytest.raises(NotYours):
        board_book.compile_packet(town[CLO], campaign(town), PacketKind.PACKET)


def test_a_preview_records_nothing(town_after):
    town = town_after("decided")
    before = town[SECRETARY].state.project()
    pdf = board_book.preview_packet(town[SECRETARY], campaign(town), PacketKind.SUPPLEMENT)
    assert pdf.startswith(b"%PDF-")
    assert town[SECRETARY].state.project() == before


def test_three_sign_one_after_another_by_file_and_anyone_can_verify(town_after, tmp_path):
    town = town_after("compiled")
    root = tmp_path / "root.json"
    root.write_bytes(company.export_root(town[SECRETARY]))
    for number, key in enumerate(LINE_UPS[PacketKind.PACKET], start=1):
        assert packet(town, key).mine_next
        sign(town, key)
        waiting = packet(town, SECRETARY).state_text
        assert waiting.startswith("Signed by all" if number == 3 else f"{number} of 3")
    path = board_book.save_packet(town[CHAIR], packet(town, CHAIR).id, tmp_path / "packet.pdf")
    town.close()
    verdict = verify_file(path, root, None, town.clock)
    assert [line.state for line in verdict.lines] == ["done"] * 6
    assert verdict.exit_code == 0
    assert verify_file(path, None, None, town.clock).exit_code == 3


def test_an_archived_packet_stays_proved_after_its_certificates_expired(town_after, tmp_path):
    """Each signer was seen by another: by the next in line, the last by the Secretary."""
    town = town_after("compiled")
    for key in LINE_UPS[PacketKind.PACKET]:
        sign(town, key)
    path = board_book.save_packet(
        town[SECRETARY], packet(town, SECRETARY).id, tmp_path / "packet.pdf"
    )
    years_later = SteppingClock(town.clock.now() + timedelta(days=4 * 365))
    for key in (SECRETARY, CHAIR):
        verdict = verify_file(path, None, town[key], years_later)
        lines = {line.name: line for line in verdict.lines}
        assert "expired" not in lines["Certificates"].statement
        assert lines["Certificates"].state == "done"
        assert {line.state for name, line in lines.items() if name != "Directory age"} == {"done"}


def test_nobody_signs_out_of_turn(town_after):
    town = town_after("compiled")
    with pytest.raises(CandorError, match="not in this vault"):
        board_book.sign_packet(town[CLO], packet(town, SECRETARY).id, PEOPLE[CLO].name, SECRET)
    sign(town, SECRETARY)
    with pytest.raises(PacketRefused, match="signs before you"):
        board_book.sign_packet(
            town[SECRETARY], packet(town, SECRETARY).id, PEOPLE[SECRETARY].name, SECRET
        )


@pytest.mark.parametrize(
    ("name", "secret"), [("Somebody Else", SECRET), ("", SECRET), (None, "no")]
)
def test_a_wrong_name_or_passphrase_signs_nothing(town_after, name, secret):
    town = town_after("compiled")
    before = town[SECRETARY].state.project()
    typed = PEOPLE[SECRETARY].name if name is None else name
    with pytest.raises(SignatureRefused):
        board_book.sign_packet(town[SECRETARY], packet(town, SECRETARY).id, typed, secret)
    assert town[SECRETARY].state.project() == before


def spoil(town: Town, key: str, at: float) -> None:
    """Change one byte of the packet in a vault, as a fault of the disk or a forger would."""
    view = packet(town, key)
    document = town[key].vault.document("packet", view.id)
    assert document is not None
    data = bytearray(document.data)
    data[int(len(data) * at)] ^= 1
    town[key].vault.put_document("packet", view.id, bytes(data), document.meta)


def test_a_packet_changed_before_the_first_signature_is_not_signed(town_after):
    town = town_after("compiled")
    spoil(town, SECRETARY, 0.5)
    with pytest.raises(PacketRefused, match="not the one that was compiled"):
        sign(town, SECRETARY)


def test_a_packet_changed_on_its_way_is_not_signed(town_after):
    town = town_after("compiled")
    sign(town, SECRETARY)
    spoil(town, CLO, 0.5)
    with pytest.raises(PacketRefused, match="cannot be relied on"):
        sign(town, CLO)


def test_a_packet_that_no_signed_record_names_is_not_taken_in(town_after):
    town = town_after("compiled")
    sign(town, SECRETARY)
    view = packet(town, CLO)
    genuine = board_book.packet_pdf(town[CLO], view.id)
    town[CLO].vault.put_document("incoming-packet", view.id, genuine + b"\n", {"from": "x"})
    assert board_book.receive(town[CLO]) == 0
    assert board_book.packet_pdf(town[CLO], view.id) == genuine


def test_compiled_again_it_is_version_2_and_the_first_stays(town_after):
    town = town_after("compiled")
    second = board_book.compile_packet(town[SECRETARY], campaign(town), PacketKind.PACKET)
    views = [v for v in board_book.packets(town[SECRETARY]) if v.kind is PacketKind.PACKET]
    assert [view.version for view in views] == [2, 1]
    assert views[0].id == second


def test_a_directors_vault_never_holds_a_packet(town_after):
    town = town_after("compiled")
    sign(town, SECRETARY)
    assert board_book.packets(town[DIRECTOR]) == ()
    assert {case.kind for case in town[DIRECTOR].state.cases.values()} <= {
        "questionnaire",
        "sealed",
    }


def test_a_packet_saved_to_a_bad_place_is_told(town_after, tmp_path):
    town = town_after("compiled")
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(CandorError, match="could not be written"):
        board_book.save_packet(town[SECRETARY], packet(town, SECRETARY).id, Path(blocked) / "x.pdf")
