"""Claims about sealing a vault and taking the seal away, whoever dies over it."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.support.deaths import Life
from tests.support.sealed_vaults import (
    DECK,
    OTHER,
    PASSPHRASE,
    MortalWalk,
    Owner,
    contents,
    flow,
    killed_and_done_again,
    made_vault,
    opened,
    ours,
    plain_left,
    tree,
)
from tests.support.vaults import ID, make_vault
from voicereflect.adapters.seal.age import new_identity
from voicereflect.adapters.seal.wrapping import ScryptWrapping
from voicereflect.adapters.vault import locks
from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.sealing.key_files import KeyFiles
from voicereflect.adapters.vault.sealing.names import ShutNames
from voicereflect.core.sealing.states import SealState
from voicereflect.errors import (
    SettingsError,
    VaultBusy,
    VaultLocked,
    VaultUnwritable,
    WrongPassphrase,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("template") / "vault"
    made_vault(root)
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made_vault(tmp_path / "vault")
    return tmp_path / "vault"


def test_a_sealed_vault_holds_the_same_and_nothing_plain(root: Path) -> None:
    before, secret = contents(root), make_vault(Files(root)).secret()
    turned = flow(root, Owner()).seal()
    assert turned.left == ()
    assert turned.others == ("notes",)
    assert turned.files == len(ours(root)) == sum(before.values())
    assert label.state(Files(root)) is SealState.SEALED
    assert plain_left(root) == []
    assert not list(root.rglob("*.tmp"))
    assert contents(root) == before
    assert (root / "notes" / "mine.txt").read_text() == "left alone"
    vault = make_vault(opened(root))
    assert set(vault.ids()) == {ID, OTHER}
    assert vault.secret() == secret, "what was destroyed before is still known"
    assert vault.load(ID).deck == "her-biography"
    assert set(ShutNames(opened(root)).known().values()) >= {f"{DECK}.toml", "the day in Ostend"}


def test_unsealing_gives_back_every_byte_and_name(root: Path) -> None:
    before, owner = tree(root), Owner()
    flow(root, owner).seal()
    turned = flow(root, owner).unseal()
    after = tree(root)
    assert turned.left == ()
    assert sorted(before.pop("vault.toml").splitlines()) == sorted(
        after.pop("vault.toml").splitlines()
    )
    assert after == before


def test_that_decks_ask_first_is_told_in_the_open_as_long_as_it_is_sealed(root: Path) -> None:
    owner, files = Owner(), Files(root)
    saving = partial(locks.held, root / locks.LOCK, timeout_s=1, remove=False)
    flow(root, owner).seal()
    assert not label.asks_first(files)
    for _ in range(2):
        label.ask_first(files, saving)
        assert (label.asks_first(files), label.state(files)) == (True, SealState.SEALED)
    flow(root, owner).seal()
    assert label.asks_first(files)
    flow(root, owner).unseal()
    assert b"asks_first" not in (root / "vault.toml").read_bytes()
    (root / "vault.toml").write_bytes(b"\xff")
    assert label.asks_first(files), "whatever cannot be read does not let anybody be asked"


def test_whoever_holds_the_key_forgets_it_once_the_seal_is_gone_and_not_before(root: Path) -> None:
    owner, forgotten = Owner(), list[bool]()
    sealing = replace(flow(root, owner), forget_held=lambda: forgotten.append(True))
    sealing.seal()
    assert forgotten == []
    sealing.unseal()
    assert forgotten == [True]


def test_what_is_said_while_it_is_sealed_gets_its_names_when_it_is_not(root: Path) -> None:
    from tests.support.vaults import made_entry, make_entry

    owner = Owner()
    flow(root, owner).seal()
    made_entry(make_vault(opened(root)), make_entry("20261020T083012Z-late"))
    assert plain_left(root) == []
    flow(root, owner).unseal()
    assert (root / "entries/2026/10/2026-10-20T0930-her-biography-late/entry.md").is_file()


def test_what_is_put_there_later_is_sealed_by_the_next_time(root: Path) -> None:
    owner = Owner()
    flow(root, owner).seal()
    (root / "decks" / "of-Ostend.toml").write_text("# canary")
    assert plain_left(root) == ["decks/of-Ostend.toml"]
    assert MortalWalk(root, new_identity(), Life()).plain() == ("decks/of-Ostend.toml",)
    assert flow(root, owner).seal().left == ()
    assert plain_left(root) == []


@pytest.mark.parametrize("seed", range(16))
def test_who_dies_over_it_loses_nothing_and_can_do_it_again(
    template: Path, tmp_path: Path, seed: int
) -> None:
    assert killed_and_done_again(template, tmp_path / "vault", seed) == []


def test_the_recovery_words_open_it_as_well(root: Path) -> None:
    owner = Owner()
    flow(root, owner).seal()
    flow(root, Owner(typed=f" {owner.words.upper()} ")).unseal()
    assert label.state(Files(root)) is SealState.OPEN


@pytest.mark.parametrize("data", [b"", b"hello", None])
def test_where_one_way_to_the_key_is_damaged_the_other_is_named_and_opens(
    root: Path, data: bytes | None
) -> None:
    owner = Owner()
    flow(root, owner).seal()
    for name, other, typed in (
        ("passphrase", "recovery words", owner.words),
        ("recovery", "passphrase", PASSPHRASE),
    ):
        file = root / "key" / f"{name}.age"
        before = file.read_bytes()
        file.unlink()
        if data is not None:
            file.write_bytes(data)
        wrong = PASSPHRASE if name == "passphrase" else owner.words
        with pytest.raises(VaultUnwritable) as told:
            flow(root, Owner(typed=wrong)).unseal()
        assert other in told.value.hint
        keys = KeyFiles(Files(root), ScryptWrapping())
        assert (keys.recover if name == "passphrase" else keys.open)(typed).startswith("AGE-")
        file.write_bytes(before)


def test_a_changed_passphrase_opens_it_and_the_one_before_does_not(root: Path) -> None:
    owner = Owner()
    flow(root, owner).seal()
    before = {path: data for path, data in tree(root).items() if "passphrase" not in path}

    class Changing(Owner):
        def ask(self, question: str) -> str | None:
            return PASSPHRASE if "of the vault" in question else "another one of mine"

    flow(root, Changing()).change_passphrase()
    assert before == {path: data for path, data in tree(root).items() if "passphrase" not in path}
    with pytest.raises(WrongPassphrase):
        flow(root, owner).unseal()
    assert label.state(Files(root)) is SealState.SEALED
    assert flow(root, Owner(typed="another one of mine")).unseal().left == ()


def test_nothing_is_sealed_before_the_words_were_tried(root: Path) -> None:
    class Careless(Owner):
        def ask(self, question: str) -> str | None:
            return "legal winner" if "wrote them down" in question else PASSPHRASE

    before, owner = tree(root), Careless()
    with pytest.raises(VaultLocked, match="not tried"):
        flow(root, owner).seal()
    assert tree(root) == before
    assert owner.words not in owner.notes


@pytest.mark.parametrize("typed", ["short", ""])
def test_a_passphrase_that_is_none_seals_nothing(root: Path, typed: str) -> None:
    before = tree(root)
    with pytest.raises(SettingsError, match="8 letters"):
        flow(root, Owner(typed=typed)).seal()
    assert tree(root) == before


def test_nobody_at_the_terminal_changes_nothing(root: Path) -> None:
    class Nobody(Owner):
        def ask(self, question: str) -> str | None:  # noqa: ARG002
            return None

    before = tree(root)
    with pytest.raises(VaultLocked):
        flow(root, Nobody()).seal()
    assert tree(root) == before
    flow(root, Owner()).seal()
    with pytest.raises(VaultLocked):
        flow(root, Nobody()).unseal()


def test_nothing_is_sealed_under_a_session(root: Path) -> None:
    folder = next(root.glob("entries/*/*/*-kzqv"))
    before = tree(root)
    with locks.held(folder / locks.LOCK, timeout_s=0, remove=False):
        with pytest.raises(VaultBusy, match="session"):
            flow(root, Owner()).seal()
        after = {path: data for path, data in tree(root).items() if not path.startswith("key")}
        assert after == before


def test_a_damaged_file_hinders_no_other_and_keeps_its_key(root: Path) -> None:
    owner = Owner()
    flow(root, owner).seal()
    page = root / "vocabulary.txt"
    damaged = page.read_bytes()[:-1] + b"?"
    page.write_bytes(damaged)
    turned = flow(root, owner).unseal()
    assert turned.left == ("vocabulary.txt",)
    assert page.read_bytes() == damaged
    assert (root / "key-kept" / "passphrase.age").is_file()
    assert label.state(Files(root)) is SealState.OPEN
    assert make_vault(Files(root)).load(ID).deck == "her-biography"


def test_a_key_is_never_written_over_another(root: Path) -> None:
    (root / "key").mkdir()
    (root / "key" / "passphrase.age").write_bytes(b"of whatever is sealed elsewhere")
    flow(root, Owner()).seal()
    assert (root / "key-kept" / "passphrase.age").read_bytes().endswith(b"elsewhere")
    assert label.state(Files(root)) is SealState.SEALED
    keys = KeyFiles(Files(root), ScryptWrapping())
    assert keys.lost() == ()
    (root / "key" / "recovery.age").unlink()
    assert keys.lost() == ("key/recovery.age",)


def test_a_label_that_an_old_one_replaced_is_written_anew(root: Path) -> None:
    owner = Owner()
    flow(root, owner).seal()
    recipient = label.recipient(Files(root))
    label.mark(Files(root), SealState.OPEN, "")
    assert flow(root, owner).seal().left == ()
    assert label.recipient(Files(root)) == recipient
    assert not (root / "key-kept").exists()
    assert plain_left(root) == []


def test_a_link_is_left_alone_and_told(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("elsewhere")
    (root / "decks" / "linked.toml").symlink_to(outside)
    assert flow(root, Owner()).seal().left == ("decks/linked.toml",)
    assert outside.read_text() == "elsewhere"
    assert label.state(Files(root)) is SealState.SEALING
