"""Claims about sealed files: what opens them, what does not, and that Debian's `age` agrees."""

import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.sealed_files import IDENTITY, OpenedFiles
from tests.support.vaults import ID, RATE_HZ, made_entry, make_entry, make_vault, noise
from voicereflect.adapters.seal.age import AgeCipher, new_identity, recipient_of
from voicereflect.adapters.seal.recovery import new_words, understood
from voicereflect.adapters.seal.stream import PIECE
from voicereflect.adapters.seal.wrapping import COST, unwrap, wrap
from voicereflect.adapters.vault.sealed_files import SealedFiles
from voicereflect.core.entry.entries import with_transcript
from voicereflect.errors import EntryNotFound, VaultLocked, VaultUnwritable, WrongPassphrase
from voicereflect.model import TakeInfo

CHEAP = 10
SIZES = (0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5)
needs_age = pytest.mark.skipif(
    not shutil.which("age") and "CI" not in os.environ, reason="needs Debian's age"
)


@pytest.fixture(scope="module")
def cipher() -> AgeCipher:
    return AgeCipher(recipient_of(IDENTITY), lambda: IDENTITY)


def text_of(size: int) -> bytes:
    return (bytes(range(256)) * (size // 256 + 1))[:size]


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_is_opened(cipher: AgeCipher, size: int) -> None:
    sealed = cipher.seal(text_of(size))
    assert cipher.is_sealed(sealed[:64])
    assert cipher.open(sealed) == text_of(size)
    assert sealed != cipher.seal(text_of(size)), "no two are alike"


@given(st.lists(st.tuples(st.integers(0, 3 * PIECE), st.integers(0, PIECE + 9)), max_size=6))
def test_any_part_of_it_can_be_read(places: list[tuple[int, int]]) -> None:
    cipher = AgeCipher(recipient_of(IDENTITY), lambda: IDENTITY)
    text = text_of(2 * PIECE + 77)
    opened = cipher.opening(io.BytesIO(cipher.seal(text)))
    for place, count in places:
        opened.seek(place)
        assert opened.read(count) == text[place : place + count]


def test_its_beginning_can_be_written_last(cipher: AgeCipher) -> None:
    text = text_of(2 * PIECE + 77)
    target = io.BytesIO()
    with cipher.sealing(target) as inner:
        inner.write(bytes(100) + text[100:])
        inner.seek(0)
        inner.write(text[:100])
        inner.seek(0, os.SEEK_END)
        inner.write(b"the end")
    assert cipher.open(target.getvalue()) == text + b"the end"


def test_what_is_sealed_already_is_never_sealed_again(cipher: AgeCipher) -> None:
    with cipher.sealing(io.BytesIO()) as inner:
        inner.write(text_of(3 * PIECE))
        inner.seek(PIECE)
        with pytest.raises(OSError, match=r"(?i)illegal seek"):
            inner.write(b"x")


@pytest.mark.parametrize("size", [50, 2 * PIECE])
def test_a_change_anywhere_is_noticed_and_nothing_is_given(cipher: AgeCipher, size: int) -> None:
    sealed = cipher.seal(text_of(size))
    for place in (25, 60, 130, 200, 230, len(sealed) // 2, len(sealed) - 1):
        damaged = bytearray(sealed)
        damaged[place] ^= 1
        with pytest.raises(OSError, match=r"(?i)bad message"):
            cipher.open(bytes(damaged))
    for length in (0, 30, 180, 220, len(sealed) - 1, len(sealed) - PIECE - 16):
        if length >= 0:
            with pytest.raises(OSError, match=r"(?i)bad message"):
                cipher.open(sealed[:length])


def test_digests_outside_are_keyed_with_what_lies_in_no_label(cipher: AgeCipher) -> None:
    other = new_identity()
    assert cipher.keyed(b"secret") == cipher.keyed(b"secret")
    assert cipher.keyed(b"secret") != cipher.keyed(b"index")
    assert cipher.keyed(b"secret") != AgeCipher(recipient_of(other), lambda: other).keyed(b"secret")


def test_another_key_opens_nothing(cipher: AgeCipher) -> None:
    other = new_identity()
    with pytest.raises(OSError, match=r"(?i)bad message"):
        AgeCipher(recipient_of(other), lambda: other).open(cipher.seal(b"said"))


def test_sealing_asks_for_no_key() -> None:
    def refuse() -> str:
        raise AssertionError("a secret key was asked for")

    cipher = AgeCipher(recipient_of(IDENTITY), refuse, remembers=True)
    sealed = cipher.seal(b"said")
    assert cipher.open(sealed) == b"said", "one who remembers opens what it sealed itself"
    with pytest.raises(AssertionError):
        AgeCipher(recipient_of(IDENTITY), refuse).open(sealed)
    assert AgeCipher(recipient_of(IDENTITY), lambda: IDENTITY).open(sealed) == b"said"


def test_who_has_no_key_can_speak_and_be_kept_and_reads_nothing_else(tmp_path: Path) -> None:
    def refuse() -> str:
        raise VaultLocked("locked", hint="unlock")

    made_entry(make_vault(OpenedFiles(tmp_path)), make_entry(text="said before"))
    cipher = AgeCipher(recipient_of(IDENTITY), refuse, remembers=True)
    vault = make_vault(SealedFiles(tmp_path, cipher))
    spoken = make_entry("20261123T083012Z-abcd")
    with vault.create(spoken):
        take = vault.open_take(spoken.id, 1, TakeInfo(rate_hz=RATE_HZ))
        take.append(noise(4_000))
        take.sync()
        assert take.finish().samples == 4_000
        vault.update(spoken.id, lambda e: with_transcript(e, 1, "said now", silent=False))
    assert vault.vocabulary() == ()
    with pytest.raises(EntryNotFound):
        vault.load(ID)
    opened = make_vault(OpenedFiles(tmp_path))
    assert opened.load(spoken.id).answers[0].text == "said now"
    assert b"".join(opened.sound(spoken.id, 1)) == noise(4_000)
    assert opened.left_behind() == ()


def test_a_damaged_file_is_one_line_that_names_it(tmp_path: Path) -> None:
    files = OpenedFiles(tmp_path)
    files.save(tmp_path / "a", b"said")
    (tmp_path / "a").write_bytes((tmp_path / "a").read_bytes()[:-1])
    for read in (files.read, _first_byte(files)):
        with pytest.raises(VaultUnwritable, match="sealed, and damaged") as caught:
            read(tmp_path / "a")
        assert str(tmp_path / "a") in caught.value.what
        assert "backup" in caught.value.hint


def _first_byte(files: OpenedFiles) -> Callable[[Path], bytes]:
    def read(path: Path) -> bytes:
        with files.reader(path) as source:
            return source.read(1)

    return read


def test_plain_files_are_read_as_they_are(tmp_path: Path) -> None:
    files = OpenedFiles(tmp_path)
    (tmp_path / "a").write_bytes(b"put there by hand")
    assert files.read(tmp_path / "a") == b"put there by hand"
    with files.reader(tmp_path / "a") as source:
        assert source.read() == b"put there by hand"


# The key, wrapped


def test_a_passphrase_opens_a_wrapped_key_and_another_does_not() -> None:
    wrapped = wrap(IDENTITY, "correct horse", cost=CHEAP)
    assert unwrap(wrapped, "correct horse") == IDENTITY
    with pytest.raises(WrongPassphrase) as caught:
        unwrap(wrapped, "correct house")
    assert "house" not in caught.value.line


def test_a_damaged_wrapped_key_is_not_taken_for_a_wrong_passphrase() -> None:
    wrapped = bytearray(wrap(IDENTITY, "correct horse", cost=CHEAP))
    wrapped[-1] ^= 1
    with pytest.raises(OSError, match=r"(?i)bad message"):
        unwrap(bytes(wrapped), "correct horse")


def test_a_cost_that_would_take_all_memory_is_refused() -> None:
    wrapped = wrap(IDENTITY, "correct horse", cost=CHEAP)
    for cost in (b" 40\n", b" 0\n", b" x\n"):
        with pytest.raises(OSError, match=r"(?i)bad message"):
            unwrap(wrapped.replace(b" 10\n", cost, 1), "correct horse")


# The key in words


def test_a_recovery_key_is_understood_however_it_is_typed() -> None:
    words = new_words()
    assert len(words.split()) == 12
    assert words != new_words()
    short = ", ".join(each[:4].upper() for each in words.split())
    for typed in (words, f"  {words.title()}\n", short, words.replace(" ", " - ")):
        assert understood(typed) == words


def test_a_mistake_in_a_recovery_key_is_told_by_its_place_alone() -> None:
    words = ["legal", "winner", "thank", "year", "wave", "sausage", "worth", "useful"]
    words += ["legal", "winner", "thank", "yellow"]
    assert understood(" ".join(words)) == " ".join(words)
    for typed, told in (
        (["ostend", *words[1:]], "Word 1 is not"),
        (["legally", *words[1:]], "Word 1 is not"),
        (words[:11], "these are 11"),
        ([words[1], words[0], *words[2:]], "do not belong together"),
    ):
        with pytest.raises(WrongPassphrase, match=told) as caught:
            understood(" ".join(typed))
        assert not set(words) & set(caught.value.line.lower().replace(".", "").split())


# The witness


@needs_age
def test_debians_age_opens_what_is_sealed_here_and_the_other_way(
    cipher: AgeCipher, tmp_path: Path
) -> None:
    key = tmp_path / "key.txt"
    key.write_text(f"{IDENTITY}\n")
    for size in SIZES:
        (tmp_path / "sealed").write_bytes(cipher.seal(text_of(size)))
        opened = subprocess.run(
            ["age", "--decrypt", "-i", key, tmp_path / "sealed"], check=True, capture_output=True
        )
        assert opened.stdout == text_of(size)
        theirs = subprocess.run(
            ["age", "-r", recipient_of(IDENTITY)],
            input=text_of(size),
            check=True,
            capture_output=True,
        )
        assert cipher.open(theirs.stdout) == text_of(size)


@needs_age
def test_debians_age_opens_the_key_itself_at_its_full_cost(tmp_path: Path) -> None:
    (tmp_path / "key.age").write_bytes(wrap(IDENTITY, "correct horse", cost=COST))
    age = pexpect.spawn(
        "age", ["--decrypt", str(tmp_path / "key.age")], timeout=60, encoding="utf-8"
    )
    age.expect("passphrase")
    age.sendline("correct horse")
    age.expect(pexpect.EOF)
    assert IDENTITY in str(age.before)
    age.close()
    assert age.exitstatus == 0
