"""A real server and devices to visit it with; the browser itself is in ../conftest.py."""

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "zh-CN"}

Open = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def base(app: Flask) -> Iterator[str]:
    """The address of the application over the shipped corpus."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def device(browser: Browser, base: str) -> Iterator[Open]:
    """Open a browser of its own; a phone unless something else is asked for."""
    contexts: list[BrowserContext] = []

    def open_context(**how: object) -> BrowserContext:
        contexts.append(browser.new_context(**{"base_url": base, **PHONE, **how}))
        return contexts[-1]

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture(params=["no script", "script"])
def page(request: pytest.FixtureRequest, device: Open) -> Page:
    """A page on a phone, without and with JavaScript."""
    return device(java_script_enabled=request.param == "script").new_page()


@pytest.fixture
def scripted(device: Open) -> Page:
    """A page on a phone with JavaScript."""
    return device(permissions=["clipboard-read", "clipboard-write"]).new_page()


@pytest.fixture
def unscripted(device: Open) -> Page:
    """A page on a phone without JavaScript."""
    return device(java_script_enabled=False).new_page()
