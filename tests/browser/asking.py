"""How someone with a phone asks."""

from playwright.sync_api import Page

QUESTION = "来分期发短信说要上门怎么应对"
FIRST = "来分期发短信说上门，先核实现在的债权人是谁，核实之前不付款、不签字。"
PASTED = "【某某调解中心】您在来分期的借款12680元已严重逾期，我司今天18:00前派外访人员到您户籍地走访。\n点击还款 http://hk.example/pay"


def ask(page: Page, question: str = QUESTION) -> None:
    """Open the home page, type and send."""
    page.goto("/")
    page.get_by_label("粘贴短信，或写下你的问题").fill(question)
    page.get_by_role("button", name="查一查").tap()
    page.locator("[data-answer]").wait_for()
