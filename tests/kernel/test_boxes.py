"""Boxes open for their key's holder alone, in their place alone, and unchanged alone."""

from __future__ import annotations

import pytest

import fujing.settings
from fujing.kernel.boxes import Pair, Sealed, fresh_salt, locked, receipt_of, sealed, stretched, unlocked, unsealed


def test_a_box_is_opened_by_its_key_in_its_place_and_by_nothing_else() -> None:
    mine, other = Pair.fresh(), Pair.fresh()
    box = sealed(mine.public, "夜里打人".encode(), "report")
    assert unsealed(mine.private, box, "report").decode() == "夜里打人"
    assert box != sealed(mine.public, "夜里打人".encode(), "report")
    for private, about in ((other.private, "report"), (mine.private, "identity")):
        with pytest.raises(Sealed):
            unsealed(private, box, about)
    for at in (0, 5, 40, len(box) - 1):
        changed = box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :]
        with pytest.raises(Sealed):
            unsealed(mine.private, changed, "report")
    for short in (b"", b"\x01", box[:40]):
        with pytest.raises(Sealed):
            unsealed(mine.private, short, "report")


def test_the_two_values_of_a_code_say_nothing_of_each_other() -> None:
    found = receipt_of("abcd-efgh jkmn 2345")
    assert found == receipt_of("ABCDEFGHJKMN2345")
    assert found.find != found.opens
    assert receipt_of("ABCDEFGHJKMN2346").find != found.find
    box = locked(found.opens, b"key", "receipt")
    assert unlocked(found.opens, box, "receipt") == b"key"
    with pytest.raises(Sealed):
        unlocked(found.find, box, "receipt")


def test_a_passphrase_opens_with_its_own_salt() -> None:
    salt = fresh_salt()
    assert stretched("雪 山 草 地", salt) == stretched(" 雪 山 草 地 ", salt)
    assert stretched("雪 山 草 地", salt) != stretched("雪 山 草 地", fresh_salt())


def test_a_guess_costs_what_the_installation_says_and_that_is_much() -> None:
    assert fujing.settings.STRETCH_COST * 8 * 128 >= 64 * 1024 * 1024


def test_no_private_key_is_printed() -> None:
    mine = Pair.fresh()
    for shown in (repr(mine), repr(receipt_of("ABCDEFGH"))):
        assert "private" not in shown
        assert "opens" not in shown
