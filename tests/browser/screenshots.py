"""Take the pictures in docs/screenshots: `make screenshots`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

OUT = Path(__file__).parents[2] / "docs" / "screenshots"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
QUESTION = "来分期发短信说要上门怎么应对"
PICTURES = {
    "home-phone": (PHONE, "/"),
    "answer-phone": (PHONE, f"/ask?q={QUESTION}"),
    "alert-phone": (PHONE, "/ask?q=催收扬言要打断我的腿"),
    "silence-phone": (PHONE, "/ask?q=今天中午吃什么好"),
    "source-phone": (PHONE, "/documents/visit-laifenqi?quote=17-51"),
    "answer-desktop": (DESKTOP, f"/ask?q={QUESTION}"),
}


def main(base: str) -> None:
    """Visit each page of a running server."""
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, (viewport, path) in PICTURES.items():
            page = browser.new_page(viewport=viewport, locale="zh-CN")
            page.goto(base + path)
            page.screenshot(path=OUT / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
