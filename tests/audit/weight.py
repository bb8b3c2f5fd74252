"""What a page costs on the wire, headers included, and whether it asks anybody else or complains."""

from audit.gates import CONSOLE, ELSEWHERE, REQUESTS, WEIGHT, Measure, counted
from playwright.sync_api import Page


def weight(page: Page, address: str, name: str) -> list[Measure]:
    """Load a page with an empty cache and count."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    asked: list[str] = []
    sizes: list[float] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    response = page.goto(address, wait_until="networkidle")
    if response and response.status >= 400:  # the browser says so itself, and rightly
        errors = [e for e in errors if f"status of {response.status}" not in e]
    base = "/".join(address.split("/")[:3]) + "/"
    elsewhere = [url for url in asked if not url.startswith((base, "data:"))]
    kib = sum(sizes) / 1024
    return [
        Measure(WEIGHT, name, kib, () if WEIGHT.holds(kib) else tuple(f"{size:.0f} bytes" for size in sizes)),
        Measure(REQUESTS, name, len(asked), tuple(asked) if len(asked) > REQUESTS.bound else ()),
        counted(ELSEWHERE, name, elsewhere),
        counted(CONSOLE, name, errors),
    ]
