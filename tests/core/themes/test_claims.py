"""What own themes took is kept by entry: only new and changed ones are looked at."""

from collections.abc import Sequence

from voicereflect.core.themes.claims import Claim, KeptClaims, load
from voicereflect.core.themes.passages import PassagePlace

NAMES = ("one", "other")


def after(known: KeptClaims, digests: Sequence[str], looked: list[int]) -> KeptClaims:
    def look(number: int) -> dict[PassagePlace, Claim]:
        looked.append(number)
        return {PassagePlace(number, 3): Claim(theme="other", nearness=700 + number)}

    return known.up_to_date(digests, look)


def test_only_what_is_new_is_looked_at() -> None:
    looked: list[int] = []
    first = after(load(b"", "basis", NAMES), ["a", "b"], looked)
    again = after(load(first.dump(), "basis", NAMES), ["a", "new", "b"], looked)
    assert looked == [0, 1, 1]
    assert again.claims(["a", "new", "b"])[PassagePlace(2, 3)] == Claim(theme="other", nearness=701)


def test_what_is_gone_is_forgotten() -> None:
    both = after(load(b"", "basis", NAMES), ["a", "b"], [])
    assert b'"a"' not in after(both, ["b"], []).dump()


def test_another_basis_or_damage_begins_anew() -> None:
    data = after(load(b"", "basis", NAMES), ["a"], []).dump()
    assert load(data, "other themes", NAMES).rows == {}
    assert load(data[:-3], "basis", NAMES).rows == {}
