"""What stays on the reader's own device: the size of text, the shell for when the line is dead, and history."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

SIZE = "size"  # the one cookie; "large" or absent
YEAR = 31_536_000  # seconds


def is_large() -> bool:
    """Whether this reader wants 30 px text: what was just chosen, else what was remembered."""
    return (request.form.get(SIZE) or request.cookies.get(SIZE)) == "large"


def remember_size(response: Response) -> Response:
    """Keep what was just chosen on the device."""
    chosen = request.form.get(SIZE)
    if chosen == "large":
        response.set_cookie(SIZE, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure)
    elif chosen:
        response.delete_cookie(SIZE, samesite="Lax", secure=request.is_secure)
    return response


def blueprint() -> Blueprint:
    """Give the pages about the device."""
    pages = Blueprint("device", __name__)

    @pages.app_context_processor
    def context() -> dict[str, bool]:
        return {"large": is_large()}

    @pages.get("/device")
    def settings() -> str:
        return render_template("device.html")

    @pages.post("/size")
    def size() -> Response:
        """Change the size of text without a script, and go back to the page that asked for it."""
        back = request.form.get("back", "")
        inside = back.startswith("/") and not back.startswith(("//", "/\\"))
        return remember_size(make_response(redirect(back if inside else url_for("pages.home"), 303)))

    @pages.get("/offline")
    def offline() -> str:
        """Give the page the service worker shows when there is no line."""
        return render_template("offline.html")

    @pages.get("/sw.js")
    def worker() -> Response:
        """Give the service worker; it stands at the root so that it may serve every page."""
        response = make_response(render_template("sw.js"))
        response.content_type = "text/javascript; charset=utf-8"
        response.headers["Cache-Control"] = "no-cache"
        return response

    return pages
