"""linkinator over everything that can be reached from a page, fragments too; nothing elsewhere is asked."""

import re

from audit.gates import LINKS, Measure, counted
from audit.tools import node, verdict


def links(address: str) -> list[Measure]:
    """Follow every link of our own."""
    base = re.match(r"https?://[^/]+", address)
    assert base, address
    elsewhere = f"^(?!{re.escape(base[0])})"
    done = node(
        "linkinator", address, "--recurse", "--check-fragments", "--check-css", "--concurrency", "8",
        "--timeout", "30000", "--skip", elsewhere, "--format", "json",
    )  # fmt: skip
    said = verdict(done)
    broken = [f"{li['url']} on {li.get('parent')}: {li['status']}" for li in said["links"] if li["state"] == "BROKEN"]
    return [counted(LINKS, f"{len(said['links'])} links", broken)]
