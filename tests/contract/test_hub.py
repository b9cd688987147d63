import errno
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    OfflineModeIsEnabled,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from tests.support.models import (
    CONFIG,
    REVISION,
    WEIGHTS,
    Steps,
    installed,
    made_catalogue,
    made_model,
)
from tests.support.product import run
from voicereflect.adapters.download.hub import PublicHub, translated
from voicereflect.adapters.download.pip_wheels import PipWheels
from voicereflect.adapters.model_store import ModelStore
from voicereflect.core.store.catalogue import Catalogue, Model
from voicereflect.errors import ModelDamaged, ModelFetchFailed, ModelMissing
from voicereflect.flows.setup.models import ModelsFlow

ENDLESS_BYTES = 256 << 20
PREFIX = f"/someone/pebble/resolve/{REVISION}/"


@dataclass
class Site:
    """A hub of one repository on the loopback, with faults to order."""

    files: dict[str, bytes]
    endpoint: str = ""
    cut_after: int | None = None
    """Break the next connection after so many bytes of a file."""
    ignore_ranges: bool = False
    status: int = 200
    endless: bool = False
    """Send zeros until nobody takes them, and say no length before."""
    sent: int = 0
    """Bytes of zeros that were taken."""
    location: str = ""
    """Where to send everybody."""
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        name = request.path.removeprefix(PREFIX)
        wanted = request.headers.get("Range")
        self.asked.append((name, wanted))
        self.headers.append({key.lower(): value for key, value in request.headers.items()})
        if self.endless:
            self._send_zeros(request)
            return
        if self.location:
            request.send_response(302)
            request.send_header("Location", f"{self.location}{request.path}")
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        if self.status != 200 or name not in self.files:
            request.send_response(self.status if self.status != 200 else 404)
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        content = self.files[name]
        start = 0
        if wanted and not self.ignore_ranges:
            start = int(wanted.removeprefix("bytes=").partition("-")[0])
            request.send_response(206)
            request.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            request.send_response(200)
        request.send_header("Content-Length", str(len(content) - start))
        request.end_headers()
        body = content[start:]
        if self.cut_after is not None and len(body) > self.cut_after:
            request.wfile.write(body[: self.cut_after])
            self.cut_after = None
            request.close_connection = True
            return
        request.wfile.write(body)

    def _send_zeros(self, request: BaseHTTPRequestHandler) -> None:
        request.send_response(self.status)
        request.end_headers()
        request.close_connection = True
        block = bytes(1 << 20)
        with suppress(OSError):  # whoever has enough hangs up
            while self.sent < ENDLESS_BYTES:
                request.wfile.write(block)
                self.sent += len(block)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site(files={"model.bin": WEIGHTS, "config.json": CONFIG})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.handle(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        site.endpoint = f"http://127.0.0.1:{server.server_port}"
        yield site
        server.shutdown()
        thread.join()


@pytest.fixture
def model() -> Model:
    return made_model()


@dataclass
class House:
    """The flow over a real store and a real hub adapter."""

    flow: ModelsFlow
    store: ModelStore
    steps: Steps
    said: list[str]

    def get(self) -> bool:
        return self.flow.get("pebble", self.said.append)


def build_house(root: Path, site: Site, catalogue: Catalogue) -> House:
    store = ModelStore(root, catalogue)
    steps = Steps()
    flow = ModelsFlow(
        catalogue=catalogue,
        store=store,
        hub=PublicHub(endpoint=site.endpoint),
        wheels=PipWheels(()),
        progress=steps,
    )
    return House(flow=flow, store=store, steps=steps, said=[])


@pytest.fixture
def house(tmp_path: Path, site: Site) -> House:
    return build_house(tmp_path / "models", site, made_catalogue())


def test_a_fetched_model_is_checked_and_installed(house: House, site: Site) -> None:
    assert house.get()
    assert (house.store.folder("pebble") / "model.bin").read_bytes() == WEIGHTS
    assert house.flow.verify() == ("pebble",)
    assert [name for name, _ in site.asked] == ["model.bin", "config.json"]


def test_a_check_of_all_misses_the_model_that_the_settings_name(tmp_path: Path, site: Site) -> None:
    house = build_house(tmp_path / "models", site, made_catalogue("pebble", "boulder"))
    assert house.get()
    with pytest.raises(ModelMissing, match="boulder is not installed"):
        replace(house.flow, needed="boulder").verify()
    assert replace(house.flow, needed="boulder").verify("pebble") == ("pebble",)


def test_what_is_fetched_is_said_before_with_every_address(house: House, site: Site) -> None:
    site.status = 404
    with pytest.raises(ModelFetchFailed):
        house.get()
    (said,) = house.said
    for name in ("model.bin", "config.json"):
        assert f"{site.endpoint}{PREFIX}{name}" in said
    assert "10.3 kB" in said


def test_progress_counts_every_byte_once(house: House) -> None:
    house.get()
    done = [done for what, done, _ in house.steps.seen if what == "Fetching pebble"]
    assert done == sorted(done)
    assert done[-1] == made_model().size


def test_an_installed_model_is_not_fetched_again(house: House, site: Site) -> None:
    house.get()
    site.asked.clear()
    assert not house.get()
    assert site.asked == []


def test_a_damaged_model_is_fetched_again(house: House) -> None:
    house.get()
    weights = house.store.folder("pebble") / "model.bin"
    weights.write_bytes(WEIGHTS[::-1])
    assert house.get()
    assert (house.store.folder("pebble") / "model.bin").read_bytes() == WEIGHTS


def test_no_credentials_are_sent(house: House, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    house.get()
    assert all("authorization" not in headers for headers in site.headers)


def test_a_cut_connection_goes_on_where_it_broke(tmp_path: Path, site: Site) -> None:
    # the library writes in steps of ten MiB; what it held when the connection broke comes again
    weights = WEIGHTS * 1_600
    site.files["model.bin"] = weights
    site.cut_after = 14 << 20
    house = build_house(tmp_path / "models", site, Catalogue(models=(made_model(weights=weights),)))
    house.get()
    assert site.asked[:2] == [("model.bin", None), ("model.bin", f"bytes={10 << 20}-")]
    assert installed(house.store) == ("pebble",)


def test_a_later_run_goes_on_where_a_killed_one_ended(
    house: House, site: Site, tmp_path: Path
) -> None:
    left = tmp_path / "models" / ".fetch-pebble"
    left.mkdir(parents=True)
    (left / "model.bin.part").write_bytes(WEIGHTS[:5_000])
    house.get()
    assert site.asked[0] == ("model.bin", "bytes=5000-")
    assert (house.store.folder("pebble") / "model.bin").read_bytes() == WEIGHTS
    assert not left.exists()


def test_a_server_without_ranges_gives_the_whole_file(
    house: House, site: Site, tmp_path: Path
) -> None:
    left = tmp_path / "models" / ".fetch-pebble"
    left.mkdir(parents=True)
    (left / "model.bin.part").write_bytes(b"x" * 5_000)
    site.ignore_ranges = True
    house.get()
    assert (house.store.folder("pebble") / "model.bin").read_bytes() == WEIGHTS


def test_a_part_longer_than_the_file_is_begun_anew(
    house: House, site: Site, tmp_path: Path
) -> None:
    left = tmp_path / "models" / ".fetch-pebble"
    left.mkdir(parents=True)
    (left / "model.bin.part").write_bytes(WEIGHTS + b"x")
    house.get()
    assert site.asked[0] == ("model.bin", None)


def test_a_file_with_another_hash_is_refused_and_fetched_anew(house: House, site: Site) -> None:
    site.files["model.bin"] = WEIGHTS[::-1]
    with pytest.raises(ModelDamaged, match=r"model\.bin of pebble"):
        house.get()
    assert installed(house.store) == ()
    site.files["model.bin"] = WEIGHTS
    site.asked.clear()
    house.get()
    assert site.asked == [("model.bin", None)]


@pytest.mark.parametrize("content", [WEIGHTS[:-1], WEIGHTS + b"x"], ids=["shorter", "longer"])
def test_a_file_of_another_length_is_refused_and_heals(
    house: House, site: Site, content: bytes
) -> None:
    site.files["model.bin"] = content
    with pytest.raises(ModelFetchFailed, match="another length"):
        house.get()
    assert installed(house.store) == ()
    site.files["model.bin"] = WEIGHTS
    house.get()
    assert installed(house.store) == ("pebble",)


@pytest.mark.parametrize(
    ("status", "said"), [(404, "does not give"), (401, "does not give"), (500, "in trouble")]
)
def test_a_refusal_is_said_with_its_status(
    house: House, site: Site, status: int, said: str
) -> None:
    site.status = status
    with pytest.raises(ModelFetchFailed, match=said) as caught:
        house.get()
    assert str(status) in caught.value.what
    assert installed(house.store) == ()


def test_a_missing_file_keeps_those_that_came(house: House, site: Site) -> None:
    del site.files["config.json"]
    with pytest.raises(ModelFetchFailed, match=r"config\.json"):
        house.get()
    site.files["config.json"] = CONFIG
    site.asked.clear()
    house.get()
    assert site.asked == [("config.json", None)]


@pytest.mark.slow
def test_no_connection_is_said_as_such(tmp_path: Path, model: Model) -> None:
    with pytest.raises(ModelFetchFailed, match="no connection") as caught:
        PublicHub(endpoint="http://127.0.0.1:9").fetch(model, Steps(), tmp_path)
    assert "run the same command again" in caught.value.hint


def test_a_model_that_is_not_at_the_hub_is_said(tmp_path: Path, model: Model) -> None:
    elsewhere = Model(
        name="pebble",
        kind=model.kind,
        title=model.title,
        languages=model.languages,
        licence=model.licence,
        files=model.files,
        wheels=model.wheels,
        hub=None,
    )
    with pytest.raises(ModelFetchFailed, match="not at the hub"):
        PublicHub().describe(elsewhere)
    with pytest.raises(ModelFetchFailed, match="not at the hub"):
        PublicHub().fetch(elsewhere, Steps(), tmp_path)


@pytest.mark.parametrize("endpoint", ["nonsense", "ftp://127.0.0.1"])
def test_a_senseless_address_is_said(tmp_path: Path, model: Model, endpoint: str) -> None:
    with pytest.raises(ModelFetchFailed):
        PublicHub(endpoint=endpoint).fetch(model, Steps(), tmp_path)


def test_no_more_is_taken_than_the_catalogue_says(house: House, site: Site, tmp_path: Path) -> None:
    site.endless = True
    with pytest.raises(ModelFetchFailed, match="another length"):
        house.get()
    assert site.sent < ENDLESS_BYTES
    kept = [file for file in (tmp_path / "models").rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in kept) <= made_model().size


@pytest.mark.parametrize("status", [404, 500])
def test_a_refusal_without_an_end_is_not_read_to_it(house: House, site: Site, status: int) -> None:
    site.endless, site.status = True, status
    with pytest.raises(ModelFetchFailed, match=str(status)):
        house.get()
    assert site.sent < ENDLESS_BYTES


def test_a_plain_address_is_not_asked(site: Site, tmp_path: Path) -> None:
    where = {"HF_ENDPOINT": site.endpoint, "VOICEREFLECT_MODELS_DIR": str(tmp_path / "models")}
    done = run("models", "get", "tiny.en", env=where)
    assert done.returncode == ModelFetchFailed.exit_code
    assert "over https alone" in done.stderr
    assert site.asked == []


def test_a_plain_address_is_not_followed(house: House, site: Site) -> None:
    site.location = site.endpoint.replace("127.0.0.1", "localhost")
    with pytest.raises(ModelFetchFailed, match="over https alone"):
        house.get()
    assert len(site.asked) == 1


def answer(status: int) -> httpx2.Response:
    return httpx2.Response(status, request=httpx2.Request("GET", "http://127.0.0.1/"))


@pytest.mark.parametrize(
    "problem",
    [
        OfflineModeIsEnabled("x"),
        HfHubHTTPError("x", response=answer(503)),
        RemoteEntryNotFoundError("x", response=answer(404)),
        RepositoryNotFoundError("x", response=answer(401)),
        RevisionNotFoundError("x", response=answer(404)),
        GatedRepoError("x", response=answer(403)),
        HFValidationError("x"),
        httpx2.ConnectError("x"),
        httpx2.ConnectTimeout("x"),
        httpx2.ReadTimeout("x"),
        httpx2.ReadError("x"),
        httpx2.RemoteProtocolError("x"),
        httpx2.ProxyError("x"),
        httpx2.TooManyRedirects("x"),
        httpx2.UnsupportedProtocol("x"),
        httpx2.InvalidURL("x"),
        OSError("Consistency check failed"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        PermissionError(errno.EACCES, "Permission denied"),
        ValueError("x"),
    ],
    ids=lambda problem: f"{type(problem).__name__} {getattr(problem, 'errno', None)}",
)
def test_every_foreign_error_becomes_one_with_a_hint(problem: Exception) -> None:
    with pytest.raises(ModelFetchFailed, match=r"model\.bin") as caught, translated("model.bin"):
        raise problem
    assert caught.value.__cause__ is problem
    assert caught.value.hint
