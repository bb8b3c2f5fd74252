"""The server: granian in front of the application, one process with several threads."""

import os
import socket

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from wenju.index.encoder import open_encoder
from wenju.index.reranker import open_reranker
from wenju.index.snapshots import Snapshots
from wenju.service import telemetry
from wenju.service.answer.opinion import open_adviser
from wenju.service.app import create_app
from wenju.service.keeper import SnapshotKeeper
from wenju.service.settings import Settings

THREADS = 8  # answering holds the interpreter's lock for a few milliseconds; slow readers wait in Rust
BACKPRESSURE = 64  # requests in hand; more wait in the listen queue
LOCAL = "127.0.0.1"


class PortTaken(Exception):
    """The address cannot be listened on."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"不能监听 {host}:{port}（{why}）。换一个端口，例如 wenju serve --port {port + 1}。")


def application() -> Flask:
    """Build the application in the server's process, from the environment."""
    settings = Settings.from_env(os.environ)
    telemetry.configure_logs(settings.log_level)
    encoder, reranker = open_encoder(settings.encoder), open_reranker(settings.reranker)
    keeper = SnapshotKeeper(Snapshots(settings.snapshots), encoder, reranker)
    return create_app(settings, keeper, open_adviser(settings.chat_model))


def serve(settings: Settings, host: str, port: int) -> None:
    """Listen until Ctrl-C or SIGTERM.

    Raises:
        PortTaken: another program listens there.
    """
    _check_free(host, port)
    Server(
        "wenju.service.server:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backpressure=BACKPRESSURE,
        websockets=False,
        log_level=LogLevels(settings.log_level),
        log_enabled=settings.log_level == "debug",
        workers_kill_timeout=10,
    ).serve()


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(host, port, error.strerror or str(error)) from error
