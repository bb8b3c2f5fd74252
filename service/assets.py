"""Style, script and icons, named by what they hold so that a phone fetches each once; pages go out compressed."""

import hashlib
from collections.abc import Callable
from importlib.resources import files

from flask import Flask, Response, request, url_for
from flask_compress import Compress

FOREVER = "public, max-age=31536000, immutable"
COMPRESSED = [
    "text/html",
    "text/css",
    "text/javascript",
    "application/json",
    "application/manifest+json",
    "image/svg+xml",
]
NAMES = ("wenju.css", "wenju.js", "icon.svg", "icon-192.png", "icon-512.png", "manifest.webmanifest")


def read(name: str) -> bytes:
    """Give a static file."""
    return (files("wenju") / "web" / "static" / name).read_bytes()


def register(app: Flask) -> None:
    """Give templates `asset(name)`, let versioned files be kept for good, and compress what goes out."""
    versions = {name: hashlib.sha256(read(name)).hexdigest()[:10] for name in NAMES}

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=versions[name])

    def keep(response: Response) -> Response:
        if request.endpoint != "static":
            return response
        # A stream that is compressed on its way would keep its file open; these files are small.
        response.direct_passthrough = False
        response.make_sequence()
        if request.args.get("v") == versions.get(request.path.rpartition("/")[2]):
            response.headers["Cache-Control"] = FOREVER
        return response

    def context() -> dict[str, Callable[[str], str]]:
        return {"asset": asset}

    app.context_processor(context)
    app.config["COMPRESS_MIMETYPES"] = COMPRESSED
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.config["COMPRESS_BR_LEVEL"] = 5  # a page in 2 ms; higher levels cost more than the line saves
    Compress(app)
    app.after_request(keep)  # runs before Compress, which came first
