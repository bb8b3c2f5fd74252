"""The ways a page is looked at: light, dark, and large text chosen as a visitor chooses it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

MODES = ("light", "dark", "large")
PHONE = {"width": 390, "height": 844}
LARGE = re.compile("大字")


class NoLargeText(Exception):
    """The page has nothing to tap for large text."""


@dataclass(slots=True)
class Modes:
    """Opens pages in a mode; the choice of large text is made once, by tapping, and must be remembered."""

    browser: Browser
    home: str
    remembered: Any = None

    @contextmanager
    def page(self, mode: str = "light", viewport: dict[str, int] | None = None) -> Iterator[Page]:
        """Give an empty page in a mode."""
        state = self._large() if mode == "large" else None
        with opened(self.browser, viewport or PHONE, dark=mode == "dark", storage_state=state) as page:
            yield page

    def _large(self) -> Any:
        if self.remembered is None:
            with opened(self.browser, PHONE) as page:
                page.goto(self.home)
                control = page.get_by_role("button", name=LARGE).or_(page.get_by_role("link", name=LARGE))
                if not control.count():
                    raise NoLargeText("no button or link named 大字 on the home page")
                control.first.click()
                self.remembered = page.context.storage_state()
        return self.remembered


@contextmanager
def opened(browser: Browser, viewport: dict[str, int], *, dark: bool = False, **more: Any) -> Iterator[Page]:
    """Give a page on a phone, in a fresh profile."""
    context = browser.new_context(
        viewport=viewport,
        has_touch=True,
        is_mobile=True,
        locale="zh-CN",
        color_scheme="dark" if dark else "light",
        **more,
    )
    try:
        yield context.new_page()
    finally:
        context.close()
