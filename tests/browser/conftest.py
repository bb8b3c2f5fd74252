"""A real server and a page on a phone; the browser is in ../conftest.py."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server


@pytest.fixture(scope="session")
def base(app: Flask) -> Iterator[str]:
    """The address of the application over the shipped corpus."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(params=["no script", "script"])
def page(request: pytest.FixtureRequest, browser: Browser, base: str) -> Iterator[Page]:
    """A page on a phone, without and with JavaScript."""
    context = browser.new_context(
        base_url=base,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        java_script_enabled=request.param == "script",
        locale="zh-CN",
    )
    page = context.new_page()
    yield page
    context.close()
