"""Where a walk stands, and how it goes from one place to the next; knows no key."""

from dataclasses import replace
from typing import Final

from voicereflect.core.review.places import PlaceInReview
from voicereflect.core.search.filters import EntryLine
from voicereflect.flows.review import opening
from voicereflect.flows.review.parts import WalkParts

NOT_HERE: Final = "Nothing to do with that here. ? says what the keys do."


class Navigation:
    """The places that were opened, each from the one before; the last one is shown."""

    def __init__(self, parts: WalkParts) -> None:
        self._parts = parts
        self._places: list[PlaceInReview] = []

    @property
    def here(self) -> PlaceInReview:
        """The place that is shown."""
        return self._places[-1]

    def open(self, place: PlaceInReview) -> None:
        """Go to another place; an empty one is only told of, unless it is the first."""
        if not place.rows:
            self._parts.screen.told(opening.nothing_in(place))
            if self._places:
                return
        self._places.append(self._with_entry(place))
        self._parts.screen.place(self.here, opened=True)

    def show(self, place: PlaceInReview) -> None:
        """Show this in place of what is shown."""
        self._places[-1] = self._with_entry(place)
        self._parts.screen.place(self.here, opened=False)

    def back(self) -> None:
        """Go to the place before; from the first one nowhere."""
        if len(self._places) > 1:
            self._places.pop()
        self._parts.screen.place(self.here, opened=True)

    def leave_entry(self) -> None:
        """Be in the list again that stands beside an entry."""
        if self.here.came is not None:
            self._places.pop()

    def to_entry(self, at: int) -> None:
        """Go to an entry in the list of all."""
        self._places = self._places[:1]
        self.show(replace(self.here, at=at))

    def move(self, by: int) -> None:
        """Look at another row; by 0 the same is shown again."""
        self.show(self.here.moved(by) if by else self.here)

    def step(self, by: int) -> None:
        """Stand on another word."""
        if self.here.spot is None:
            self._parts.screen.told(NOT_HERE)
        else:
            self.show(self.here.stepped(by))

    def year_before(self) -> None:
        """Look at what is a year older."""
        place = self.here.year_before()
        if place is None:
            self._parts.screen.told("Nothing a year before this.")
        else:
            self.show(place)

    def _with_entry(self, place: PlaceInReview) -> PlaceInReview:
        """Read the entry that is looked at, unless it stays closed or there is no room for it."""
        line = place.row
        if not self._parts.beside or not isinstance(line, EntryLine):
            return place
        entry, groups = opening.beside(self._parts, line)
        return replace(place, entry=entry, groups=groups)
