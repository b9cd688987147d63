#!/usr/bin/env python3
"""Plays the public hub of models on the loopback, over https, from models that are installed.

`loopback_hub.py MODELS WORK [CUT]` writes WORK/hub.pem, WORK/hub.key and, once it listens,
WORK/hub.port; it lasts until it is ended, ten minutes at most. The first file longer than CUT
bytes breaks off there, once. `loopback_hub.py --wheel MODELS MODEL FILE` packs a model into a
wheel instead.
"""

import ssl
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from voicereflect.adapters.model_store import shipped_catalogue

LASTS_S = 600.0
CATALOGUE = shipped_catalogue()


def files(models: Path) -> dict[str, Path]:
    """What is there, by the address that is asked for."""
    found = {}
    for model in CATALOGUE.models:
        if model.hub is not None:
            for file in model.files:
                place = f"/{model.hub.repo}/resolve/{model.hub.revision}/{file.hub_path}"
                found[place] = models / model.name / file.name
    return {place: path for place, path in found.items() if path.is_file()}


def serve(models: Path, work: Path, cut: int) -> None:
    """Answer until somebody ends it."""
    there, cuts = files(models), [cut] if cut else []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server looks for
            path = there.get(self.path)
            if path is None:
                self.send_error(404)
                return
            content = path.read_bytes()
            begin = int((self.headers.get("Range") or "bytes=0-")[6:].partition("-")[0])
            self.send_response(206 if begin else 200)
            if begin:
                size = len(content)
                self.send_header("Content-Range", f"bytes {begin}-{size - 1}/{size}")
            self.send_header("Content-Length", str(len(content) - begin))
            self.end_headers()
            body = content[begin:]
            if cuts and len(body) > cuts[0]:
                body = body[: cuts.pop()]
                there.clear()  # and nothing more comes until it is started again
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    certificate, key = work / "hub.pem", work / "hub.key"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-out", str(certificate), "-keyout", str(key)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (work / "hub.port").write_text(str(server.server_port), "utf-8")
        threading.Event().wait(LASTS_S)
        server.shutdown()


def pack(models: Path, name: str, wheel: Path) -> None:
    """Put a model that one member of a wheel holds whole into a wheel."""
    with zipfile.ZipFile(wheel, "w") as archive:
        for file in CATALOGUE.find(name).files:
            archive.write(models / name / file.name, file.parts[0].member)


def main(arguments: list[str]) -> None:
    """Serve, or pack."""
    if arguments[0] == "--wheel":
        pack(Path(arguments[1]), arguments[2], Path(arguments[3]))
    else:
        serve(Path(arguments[0]), Path(arguments[1]), int((arguments[2:] or ["0"])[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
