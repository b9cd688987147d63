"""Claims about everything the installed command leaves on the disk, and takes away again."""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.support.product import on_few_samples, run, vault, vault_folder
from voicereflect.core.store.holdings import HOLDINGS, Root, Scrub

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("fast")]

SAID = b"plum jam"
"""Of the sample answers of small-steps."""


def roots() -> dict[Root, Path]:
    return {
        Root.VAULT: vault_folder(),
        Root.CACHE: Path(os.environ["XDG_CACHE_HOME"]) / "voicereflect",
        Root.CONFIG: Path(os.environ["XDG_CONFIG_HOME"]) / "voicereflect",
        Root.DATA: Path(os.environ["XDG_DATA_HOME"]) / "voicereflect",
    }


def files() -> Iterator[Path]:
    home = vault_folder().parent
    yield from (path for path in home.rglob("*") if path.is_file())


def scrubs_of(path: Path) -> set[Scrub]:
    """Who scrubs a file, by the table; nothing where no row knows it."""
    return {
        place.scrub
        for place in HOLDINGS
        if (root := roots().get(place.root)) and path.is_relative_to(root)
        if fnmatchcase(str(path.relative_to(root)), place.pattern)
    }


def unknown() -> list[str]:
    return [str(path) for path in files() if not scrubs_of(path)]


def done(*arguments: str, env: dict[str, str]) -> str:
    ran = run(*arguments, env=env)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_every_file_has_a_row_and_what_is_destroyed_is_in_none(
    no_devices: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    away = tmp_path_factory.mktemp("away") / "sheet.html"
    few = on_few_samples(away.parent, "small-steps", "safe-step", "safe-when")
    for _ in range(2):
        done("reflect", "small-steps", *few, env=no_devices)
    first, second = vault().ids()
    assert unknown() == []
    done("list", env=no_devices)
    done("themes", "add", "jam", "--like", f"{first}/1:1", "--word", "marmalade", env=no_devices)
    done("themes", "hide", "jam", env=no_devices)
    done("sheet", "add", f"{second}/1", env=no_devices)
    done("sheet", "write", str(away), "--yes", env=no_devices)
    done("programme", "skip", "mother-daughter", env=no_devices)
    done("delete", first, env=no_devices)
    assert unknown() == []
    holding = [path for path in files() if SAID in b" ".join(path.read_bytes().lower().split())]
    assert len(holding) >= 3
    assert all(scrubs_of(path) - {Scrub.NOBODY} for path in holding)
    assert done("trash", "empty", "--yes", env=no_devices) == "Destroyed: 2.\n"
    destroyed = run("delete", second, "--for-good", "--yes", env=no_devices)
    assert destroyed.stdout.endswith(f"({second[-4:]}) is destroyed.\n")
    assert str(away) in destroyed.stderr
    assert unknown() == []
    left = [path for path in files() if SAID in b" ".join(path.read_bytes().lower().split())]
    assert left == []
    assert "The trash is empty." in run("trash", "list", env=no_devices).stderr
