"""A real Chromium without a window, spoken to through two pipes; no port is opened."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tests.support.rigs import required
from tests.support.waiting import PATIENCE_S

PROGRAM = "chromium"


class Page:
    """One opened page, and everything the browser told of it."""

    def __init__(self, told: BinaryIO, asked: BinaryIO) -> None:
        self._told, self._asked = told, asked
        self._count = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []

    def open(self, file: Path, *, width: int = 1000) -> None:
        """Open a file and wait until it is there."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.ask(f"{domain}.enable")
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **size)
        self.ask("Page.navigate", url=file.as_uri())
        while not any(each["method"] == "Page.loadEventFired" for each in self.events):
            self._take()

    def value(self, expression: str) -> Any:
        """Evaluate something beside the page, whose own policy runs no script."""
        found = self.ask(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def requests(self) -> list[str]:
        """Every address that was asked for."""
        sent = [e for e in self.events if e["method"] == "Network.requestWillBeSent"]
        return [each["params"]["request"]["url"] for each in sent]

    def complaints(self) -> list[str]:
        """Everything that was logged or thrown."""
        kinds = {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"}
        return [json.dumps(each["params"]) for each in self.events if each["method"] in kinds]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask the browser for something and wait for its answer."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._asked.write(json.dumps(message).encode() + b"\0")
        self._asked.flush()
        while (answer := self._take()).get("id") != self._count:
            pass
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _take(self) -> dict[str, Any]:
        data = bytearray()
        while (byte := self._told.read(1)) != b"\0":
            assert byte, "the browser went away"
            data += byte
        message: dict[str, Any] = json.loads(data)
        if "method" in message:
            self.events.append(message)
        return message


@contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """Start a browser that reaches nothing but files, and end it."""
    required(PROGRAM)
    told, telling = os.pipe()
    asking, asked = os.pipe()
    options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--mute-audio",
        "--remote-debugging-pipe", "--disable-background-networking", f"--user-data-dir={profile}",
    ]  # fmt: skip
    line = f'exec {PROGRAM} "$@" 3<&{asking} 4>&{telling}'
    process = subprocess.Popen(
        ["bash", "-c", line, "bash", *options],
        pass_fds=(asking, telling),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(asking)
    os.close(telling)
    with os.fdopen(told, "rb") as hears, os.fdopen(asked, "wb") as speaks:
        try:
            yield Page(hears, speaks)
        finally:
            process.kill()
            process.wait(timeout=PATIENCE_S)


def axe() -> str:
    """What looks for barriers in a page, to be evaluated in it; `axe.run()` tells of them."""
    found = find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        missing = "axe is not installed: `make` does it"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    text = Path(found.submodule_search_locations[0], "axe.min.js").read_text("utf-8")
    return f"{text};0"
