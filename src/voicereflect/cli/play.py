"""`voicereflect play`: one's own voice, from any word on."""

from voicereflect.cli.shared import PlaceWords
from voicereflect.wiring import recorded


def play(reference: PlaceWords) -> None:
    """Hear answers again in your own voice, from any word on."""
    recorded.player().run(reference[0])
