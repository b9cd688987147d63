"""What may come back unasked: heavy, closed and dangerous things may not."""

from itertools import product

import pytest

from voicereflect.core.safety.returning import OF_NO_DECK, may_return

DANGER = "I do not want to live any more."


@pytest.mark.parametrize(
    ("depth", "closed", "texts"),
    list(
        product(
            ["light", "middle", "heavy", None], [False, True], [(), ("Rain.",), ("Rain.", DANGER)]
        )
    ),
)
def test_only_what_is_none_of_heavy_closed_and_dangerous_returns(
    depth: str | None,
    closed: bool,  # noqa: FBT001
    texts: tuple[str, ...],
) -> None:
    returns = depth in ("light", "middle") and not closed and DANGER not in texts
    assert may_return(deck="a-deck", depth=depth, closed=closed, texts=texts) == returns


@pytest.mark.parametrize("depth", ["light", "heavy", None])
def test_who_asks_gets_all_but_what_is_closed(depth: str | None) -> None:
    assert may_return(deck="a-deck", depth=depth, closed=False, texts=(DANGER,), asked=True)
    assert not may_return(deck="a-deck", depth=depth, closed=True, asked=True)


@pytest.mark.parametrize("deck", OF_NO_DECK)
def test_what_no_deck_asked_for_needs_no_deck(deck: str) -> None:
    assert may_return(deck=deck, depth=None, closed=False)
    assert not may_return(deck=deck, depth="heavy", closed=False)
    assert not may_return(deck=deck, depth=None, closed=True)
