"""A deck is said and heard again: the real voice, the real speech model."""

from pathlib import Path

import pytest

from tests.support.product import run

DECK = """\
format = 1
edition = 1
title = "Apples"
why = "About apples."
minutes = 2
depth = "light"
opening = ["A question about apples."]
closing = ["Is that all?"]

[[prompts]]
id = "apple"
words = ["Which apple do you like best?"]
"""


@pytest.mark.usefixtures("fast")
def test_what_is_heard_otherwise_is_shown_and_what_was_heard_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decks = tmp_path / "vault" / "decks"
    decks.mkdir(parents=True)
    (decks / "apples.toml").write_text(DECK, "utf-8")
    monkeypatch.setenv("VOICEREFLECT_VAULT", str(tmp_path / "vault"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first = run("decks", "check", "--aloud", "apples")
    assert first.returncode == 0
    assert "3 sentences" in first.stderr
    monkeypatch.setenv("VOICEREFLECT_MODELS_DIR", str(tmp_path / "no-models"))
    again = run("decks", "check", "--aloud", "apples")
    assert (again.stdout, again.stderr) == (first.stdout, first.stderr)
