"""Claims about the forms of the age format, without any cryptography."""

import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.sealing import bech32, header
from voicereflect.core.sealing.header import MAGIC, Stanza
from voicereflect.core.sealing.holding import KeyHold, TwoClocks, seconds_of
from voicereflect.core.sealing.own_key import expect_own_key
from voicereflect.errors import SettingsError, VaultUnwritable

WORDS = st.text("abcXYZ019+/-", min_size=1, max_size=60)
STANZAS = st.lists(
    st.builds(Stanza, st.lists(WORDS, min_size=1, max_size=3).map(tuple), st.binary(max_size=150)),
    max_size=3,
)


@given(st.binary(max_size=40))
def test_a_key_is_read_as_it_was_written(data: bytes) -> None:
    text = bech32.encode("age", data)
    assert bech32.decode("age", text) == bech32.decode("age", text.upper()) == data


@given(st.binary(min_size=32, max_size=32), st.data())
def test_one_wrong_letter_of_a_key_is_noticed(data: bytes, draw: st.DataObject) -> None:
    text = bech32.encode("age", data)
    place = draw.draw(st.integers(0, len(text) - 1))
    other = draw.draw(st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l1b"))
    changed = text[:place] + other + text[place + 1 :]
    if changed != text:
        with pytest.raises(ValueError, match="key"):
            bech32.decode("age", changed)


@given(STANZAS, st.binary(min_size=32, max_size=32), st.binary(max_size=20))
def test_a_head_is_read_as_it_was_written(stanzas: list[Stanza], mac: bytes, body: bytes) -> None:
    head = header.unsigned(stanzas)
    source = io.BytesIO(header.signed(head, mac) + body)
    found = header.read(source)
    assert (found.stanzas, found.signed, found.mac) == (tuple(stanzas), head, mac)
    assert source.read() == body


@given(STANZAS, st.binary(min_size=32, max_size=32), st.integers(0, 400), st.binary(max_size=3))
def test_a_mangled_head_is_a_value_error_and_nothing_else(
    stanzas: list[Stanza], mac: bytes, place: int, put: bytes
) -> None:
    text = header.signed(header.unsigned(stanzas), mac)
    with suppress(ValueError):  # UnicodeDecodeError is one
        found = header.read(io.BytesIO(text[:place] + put + text[place + 1 :]))
        assert header.signed(found.signed, found.mac)


def test_a_head_without_an_end_is_not_read_for_ever() -> None:
    with pytest.raises(ValueError, match="damaged"):
        header.read(io.BytesIO(MAGIC + b"-> X25519 a\n" + (b"A" * 64 + b"\n") * 5000))


# How long a key is held


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(1, 40_000), st.floats(0, 50_000))
def test_a_key_is_held_for_its_time_and_no_longer(
    awake_s: float, slept_s: float, for_s: float, later_s: float
) -> None:
    hold = KeyHold(TwoClocks(awake_s, awake_s + slept_s), for_s)
    now = TwoClocks(awake_s + later_s, awake_s + slept_s + later_s)
    assert hold.left_s(now) == pytest.approx(max(0.0, for_s - later_s), abs=1e-3)
    assert hold.left_s(TwoClocks(now.awake_s, now.all_s + 5)) == 0, "the machine slept"


def test_a_time_is_read_as_people_write_it() -> None:
    assert [seconds_of(each) for each in ("30m", " 2H", "45 s", "12h")] == [1800, 7200, 45, 43200]
    for wrong in ("", "0m", "13h", "30", "-5m", "m", "1d", "٣m", "99999h"):
        with pytest.raises(SettingsError):
            seconds_of(wrong)


def test_a_key_opens_only_the_vault_whose_label_names_it() -> None:
    label = Path("vault.toml")
    expect_own_key("age1a", "age1a", label)
    for told, said in (("", "does not name the vault's key"), ("age1b", "names another key")):
        with pytest.raises(VaultUnwritable, match=said):
            expect_own_key(told, "age1a", label)
