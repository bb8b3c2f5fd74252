"""Take the pictures in docs/screenshots with a server of their own: `make screenshots`."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from wenju.corpus.reader import read_corpus
from wenju.index.build import build
from wenju.index.encoder import open_encoder
from wenju.index.snapshots import Snapshots
from wenju.service import telemetry
from wenju.service.app import create_app
from wenju.service.keeper import SnapshotKeeper
from wenju.service.settings import Settings

OUT = Path(__file__).parents[2] / "docs" / "screenshots"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NARROW = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
DARK = {**PHONE, "color_scheme": "dark"}
QUESTION = "来分期发短信说要上门怎么应对"
MESSAGE = (
    "【某某调解中心】您好，您在来分期的借款已严重逾期，欠款12680元，我司将于今天18:00前派外访人员到您户籍地走访，"
    "并通知村委会。请立即联系王经理处理，或点击链接还款：http://hk-fenqi.example/pay ，逾期后果自负。"
)
Act = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in a state, as one device shows it."""

    name: str
    device: dict[str, Any]
    path: str
    act: Act | None = None
    paper: bool = False


def ask(question: str) -> Act:
    """Type a question and send it."""

    def act(page: Page) -> None:
        page.locator("#question").fill(question)
        page.locator(".ask button").click()
        page.locator("[data-answer]").wait_for()

    return act


def open_first_source(page: Page) -> None:
    """Open the first quotation in its place."""
    ask(QUESTION)(page)
    page.locator(".slot-verdict summary").first.click()


def large(page: Page) -> None:
    """Ask in 30 px text."""
    page.locator(".top [data-size]").click()
    ask(QUESTION)(page)


def first_sentence(page: Page) -> None:
    """Follow the first mark to the source, where the sentence is highlighted."""
    open_first_source(page)
    page.locator(".src[open] a").first.click()
    page.locator("#quote").wait_for()


def read_message(page: Page) -> None:
    """Paste a message, and look at what was read in it."""
    ask(MESSAGE)(page)
    page.locator(".message").evaluate("e => e.scrollIntoView()")


def fill_letter(page: Page) -> None:
    """Write into the first fields of a letter."""
    page.locator(".template input").first.fill("张三")
    page.locator(".letter-part").scroll_into_view_if_needed()


PICTURES = (
    Picture("home-phone", PHONE, "/"),
    Picture("home-dark", DARK, "/"),
    Picture("answer-phone", PHONE, "/", ask(QUESTION)),
    Picture("answer-source-dark", DARK, "/", open_first_source),
    Picture("answer-large", NARROW, "/", large),
    Picture("answer-desktop", DESKTOP, "/", ask(QUESTION)),
    Picture("answer-print", DESKTOP, "/", ask(QUESTION), paper=True),
    Picture("message-phone", PHONE, "/", read_message),
    Picture("message-desktop", DESKTOP, "/", read_message),
    Picture("alert-phone", PHONE, "/", ask("催收扬言要打断我的腿")),
    Picture("silence-phone", PHONE, "/", ask("今天中午吃什么好")),
    Picture("source-phone", PHONE, "/", first_sentence),
    Picture("lender-phone", PHONE, "/documents/jd-baitiao"),
    Picture("letter-phone", PHONE, "/documents/complaint-12378#template", fill_letter),
    Picture("error-phone", PHONE, "/" + quote("没有的页面")),
)


@contextmanager
def served() -> Iterator[str]:
    """Serve the corpus of this checkout on a free port."""
    telemetry.configure_logs("warning")
    with TemporaryDirectory() as folder:
        settings = Settings.from_env({**os.environ, "WENJU_SNAPSHOTS": str(Path(folder) / "snapshots")})
        snapshots, encoder = Snapshots(settings.snapshots), open_encoder(settings.encoder)
        build(read_corpus(settings.corpus), encoder, snapshots)
        server = make_server("127.0.0.1", 0, create_app(settings, SnapshotKeeper(snapshots, encoder)), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def take(browser: Browser, base: str, picture: Picture, out: Path) -> Path:
    """Take one picture."""
    context = browser.new_context(base_url=base, locale="zh-CN", service_workers="block", **picture.device)
    page = context.new_page()
    page.goto(picture.path)
    if picture.act:
        picture.act(page)
    file = out / f"{picture.name}.png"
    if picture.paper:  # A4 at 96 dots an inch, less the margins
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 688, "height": 970})
    page.wait_for_timeout(300)  # smooth scrolling and the last paint
    page.screenshot(path=file, full_page=picture.paper)
    context.close()
    return file


def main() -> None:
    """Take every picture, and make the files small."""
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    with served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        files = [take(browser, base, picture, OUT) for picture in PICTURES]
        browser.close()
    for file in files:  # a palette is enough for text on plain colours, at a third of the size
        Image.open(file).convert("RGB").quantize(128).save(file, optimize=True)
    print(f"{len(files)} pictures, {sum(file.stat().st_size for file in files) // 1024} KB, in {OUT}")


if __name__ == "__main__":
    main()
