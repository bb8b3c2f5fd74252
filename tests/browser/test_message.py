"""How a pasted message is shown: what was read in it, the words marked, each sign with its sentence."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from browser.asking import FIRST, PASTED, QUESTION, ask
from playwright.sync_api import Page, expect

from wenju.index.snapshot import Snapshot
from wenju.service import app as application
from wenju.service.answering import Answered
from wenju.service.contract import AnswerOut, MessageOut, SignOut

pytestmark = pytest.mark.browser


def read(out: AnswerOut) -> AnswerOut:
    """Give the answer with a message read into it by hand."""

    def sign(code: str, quote: str, nth: int) -> SignOut:
        start, said = PASTED.index(quote), out.slots[nth].sentences[0]
        return SignOut(
            code=code, quote=quote, start=start, end=start + len(quote), text=said.text, citation=said.citation
        )

    message = MessageOut(
        claims=["要上门"],
        amounts=["12680元"],
        deadlines=["今天18:00前"],
        phones=["13800000000"],
        links=["http://hk.example/pay"],
        sender="某某调解中心",
        signs=[sign("mediator", "某某调解中心", 0), sign("link", "http://hk.example/pay", -1)],
    )
    return out.model_copy(update={"question": PASTED, "message": message})


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every question be met as a message."""
    really: Callable[[str, Snapshot], Answered] = application.answer

    def answer(_question: str, snapshot: Snapshot, *_: object, **__: object) -> Answered:
        answered = really(QUESTION, snapshot)
        return replace(answered, out=read(answered.out))

    monkeypatch.setattr(application, "answer", answer)


@pytest.mark.usefixtures("reading")
def test_message_is_marked_explained_and_gives_nothing_to_tap(page: Page) -> None:
    ask(page, PASTED)
    message = page.locator(".message")
    expect(message.locator("mark")).to_contain_text(["某某调解中心", "http://hk.example/pay"])
    expect(message.locator("mark .sign")).to_have_text(["A", "B"])
    signs = message.locator(".signs > li")
    expect(signs.nth(1)).to_contain_text("“http://hk.example/pay”")
    signs.nth(1).locator("summary").tap()
    expect(signs.nth(1).locator("blockquote mark")).to_be_visible()
    # What the verdict says is not said again: the sign leads there.
    expect(signs.first.locator(".said")).to_have_count(0)
    signs.first.get_by_role("link", name="见上面的“先说结论”").tap()
    expect(page.locator(".slot-verdict .said").first).to_be_in_viewport()
    expect(page.locator(".slot-verdict .said:target")).to_contain_text(FIRST)
    for part in ("自称某某调解中心", "说的事要上门", "金额12680元", "期限今天18:00前", "号码13800000000"):
        assert part in "".join(message.locator("dl").inner_text().split()), part
    expect(message).to_contain_text("短信里的号码和链接先不要打、不要点")
    expect(message.locator('a[href^="tel:138"], a[href*="hk.example"]')).to_have_count(0)
    expect(page.locator("[data-link]")).to_have_count(0)
