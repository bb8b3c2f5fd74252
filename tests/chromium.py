"""Debian's Chromium, as every test starts it: a fresh profile, and no word to anybody."""

import shutil
import subprocess

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def why_not() -> str | None:
    """Say why no browser test can run here, if so."""
    if not shutil.which(CHROMIUM):
        return f"no {CHROMIUM} (Debian's package chromium)"
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return None if fonts.stdout.strip() else "no Chinese font (Debian's package fonts-noto-cjk)"
