"""A chat model's server that speaks the protocol over a socket and replies as a test tells it."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]
Reply = Callable[["Handler", Json], None]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: "ChatServer"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(
            {"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}, "body": body}
        )
        self.server.reply(self, body)

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Send a whole reply."""
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json", "Content-Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class ChatServer(ThreadingHTTPServer):
    """Listens on a port of its own; `reply` says what comes back, `asked` holds what was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[Json] = []
        self.stopping = threading.Event()  # a reply that takes its time waits for this
        self.reply: Reply = picking(1)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        """Say nothing: a client that gave up closes the line in the middle of a reply."""

    def offered(self) -> list[Json]:
        """The passages of the last request."""
        return passages(self.asked[-1]["body"])


@contextlib.contextmanager
def running() -> Iterator[ChatServer]:
    """Run a server in a thread."""
    with ChatServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join()


def passages(request: Json) -> list[Json]:
    """The passages a request offers."""
    offered: list[Json] = json.loads(request["messages"][-1]["content"])["passages"]
    return offered


def completion(content: str | None, **message: object) -> bytes:
    """A reply as vLLM words it."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": content, "refusal": None, "tool_calls": []} | message,
        "logprobs": None,
        "finish_reason": "stop",
    }
    whole = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return json.dumps(whole | {"usage": {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18}}).encode()


def saying(content: str | None, **message: object) -> Reply:
    """Reply with a message."""
    return lambda handler, _: handler.send(completion(content, **message))


def naming(*ids: object) -> Reply:
    """Reply with ids."""
    return saying(json.dumps({"ids": ids}))


def picking(*numbers: int) -> Reply:
    """Pick passages by their place, from 1."""
    return naming(*(f"p{number}" for number in numbers))


def picking_document(title: str) -> Reply:
    """Pick every passage of one document, as a model that reads would."""

    def reply(handler: Handler, request: Json) -> None:
        ids = [passage["id"] for passage in passages(request) if passage["title"].startswith(title)]
        handler.send(completion(json.dumps({"ids": ids})))

    return reply


def sending(body: bytes, status: int = 200, **headers: str) -> Reply:
    """Reply with these bytes."""
    return lambda handler, _: handler.send(body, status, **headers)


def waiting(handler: Handler, _: Json) -> None:
    """Reply when nobody waits any longer."""
    handler.server.stopping.wait(10)


def dripping(handler: Handler, _: Json) -> None:
    """Reply a byte at a time, each in time and the whole never."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.server.stopping.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def flooding(status: int) -> Reply:
    """Reply without end."""

    def reply(handler: Handler, _: Json) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(1 << 40))
        handler.end_headers()
        while not handler.server.stopping.is_set():
            handler.wfile.write(b" " * 65536)

    return reply


def raw(body: bytes) -> Reply:
    """Write bytes that need not be HTTP, and close the line."""

    def reply(handler: Handler, _: Json) -> None:
        handler.wfile.write(body)
        handler.close_connection = True

    return reply
