"""Serves the page with the planted faults, and makes it heavy."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from string import ascii_letters

from audit.tools import HERE

FOLDER = HERE / "planted"
FILLER = 500_000  # bytes that hold the first paint up


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path != "/filler.css":
            super().do_GET()
            return
        body = f"/*{''.join(Random(0).choices(ascii_letters, k=FILLER))}*/".encode()  # noqa: S311 -- only filler
        self.send_response(200)
        self.send_header("Content-Type", "text/css")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """Give the address of the planted page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(FOLDER)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()
