"""A page on a slow line and a slow phone, with delays that really pass."""

from statistics import median

from audit.gates import SLOW_INTERACTION, SLOW_LCP, Measure
from audit.modes import PHONE, opened
from playwright.sync_api import Browser, Page

# Chrome's own "slow 4G": 1.6 Mbit/s down, 750 kbit/s up, at nine tenths; 150 ms of round trip times 3.75 a request.
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1_600_000 / 8 * 0.9,
    "uploadThroughput": 750_000 / 8 * 0.9,
}
SLOWER = 6  # times, the processor
WATCH = """
window.audited = { lcp: 0, worst: 0, what: "" };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) audited.lcp = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.interactionId && entry.duration > audited.worst) {
      audited.worst = entry.duration;
      audited.what = `${entry.name} on ${entry.target?.tagName} ${entry.target?.id || entry.target?.className}`;
    }
  }
}).observe({ type: "event", buffered: true, durationThreshold: 16 });
"""
# Things that change the page at once: folds and switches. Others lead away, print or copy.
TAPPED = "summary, button[aria-pressed], button[aria-expanded], input[type=checkbox]"
SETTLE = 500  # ms


def speed(browser: Browser, address: str, name: str, *, runs: int = 5) -> list[Measure]:
    """Give the medians of the largest paint and of the slowest reaction to typing and tapping."""
    found = []
    for _ in range(runs):
        with opened(browser, PHONE) as page:
            found.append(_once(page, address))
    paints, reactions = [lcp for lcp, _, _ in found], [worst for _, worst, _ in found]
    slowest = max(found, key=lambda run: run[1])[2]
    return [
        Measure(SLOW_LCP, name, median(paints), (f"runs: {[round(p) for p in paints]}",)),
        Measure(SLOW_INTERACTION, name, median(reactions), (f"runs: {reactions}", f"slowest: {slowest}")),
    ]


def _once(page: Page, address: str) -> tuple[float, float, str]:
    page.add_init_script(WATCH)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW_4G)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load", timeout=60_000)
    page.wait_for_timeout(SETTLE)
    lcp = page.evaluate("audited.lcp")
    _use(page)
    page.wait_for_timeout(SETTLE)
    worst, what = page.evaluate("[audited.worst, audited.what]")
    return lcp, worst, what


def _use(page: Page) -> None:
    """Type a telephone number, which the page masks, and tap the first things that react at once."""
    field = page.locator("textarea:visible").first
    if field.count():
        field.tap()
        page.keyboard.type("我13800138000", delay=60)
    for control in page.locator(TAPPED).all()[:4]:
        if control.is_visible():
            control.tap()
            page.wait_for_timeout(SETTLE / 2)
