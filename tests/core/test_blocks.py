"""Claims about cutting sound into blocks of one size."""

from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.sound.blocks import equal_blocks


@given(st.lists(st.binary(max_size=9)), st.integers(1, 4).map(lambda samples: 2 * samples))
def test_the_same_whole_samples_come_in_blocks_of_one_size(pieces: list[bytes], size: int) -> None:
    blocks = list(equal_blocks(iter(pieces), size))
    sound = b"".join(pieces)
    assert b"".join(blocks) == sound[: len(sound) // 2 * 2]
    assert all(len(block) == size for block in blocks[:-1])
    assert all(0 < len(block) <= size for block in blocks[-1:])
