"""Errors as people and programs get them: problem+json for the API, a page for everybody else."""

import structlog
from flask import Flask, Response, json, render_template, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

log = structlog.get_logger()

# What went wrong, and how to put it right, by HTTP status.
TEXTS = {
    400: ("请求不完整", '请求读不懂。请发送 JSON：{"question": "…"}，编码用 UTF-8。'),
    404: ("没有这个页面", "地址可能写错了，或内容已经移走。可以回到首页重新提问。"),
    405: ("方法不对", "这个地址不接受这种请求方法。请看 /openapi.json。"),
    413: ("内容太长", "请求超过了 32 KB。请把问题缩短到 2,000 字以内再发。"),
    415: ("格式不对", '请把请求头 Content-Type 设为 application/json，正文写 {"question": "…"}。'),
    422: ("请求不合要求", "请检查各个字段。"),
    429: ("问得太快了", "请等一分钟再问。正在发生人身危险，请直接拨打 110。"),
    500: ("服务出错了", "这是我们的错误，已经记录。请稍后再试；有人身危险请拨打 110。"),
    503: ("服务还没准备好", "索引正在准备。请过一会儿再试；有人身危险请拨打 110。"),
}
EMPTY = "问题是空的。请写下你的问题，1 到 2,000 字。"
TOO_LONG = "问题太长了。请缩短到 2,000 字以内。"


def problem(status: int, detail: str | None = None, *, name: str | None = None) -> Response:
    """Give an RFC 9457 answer. It never repeats what was sent."""
    title, usual = TEXTS.get(status, TEXTS[500])
    body = {
        "type": f"urn:wenju:problem:{name or status}",
        "title": title,
        "status": status,
        "detail": detail or usual,
    }
    return Response(json.dumps(body, ensure_ascii=False), status, content_type="application/problem+json")


def invalid(error: ValidationError) -> Response:
    """Explain what is wrong with a request, field by field, without its content."""
    wrong = error.errors(include_url=False, include_context=False, include_input=False)
    if any(e["type"] == "string_too_long" for e in wrong):
        return problem(422, TOO_LONG, name="question-too-long")
    if any(e["type"] == "string_too_short" for e in wrong):
        return problem(422, EMPTY, name="question-empty")
    fields = "、".join(sorted({".".join(str(part) for part in e["loc"]) or "正文" for e in wrong}))
    return problem(422, f"这些字段缺少、多余或类型不对：{fields}。", name="request-invalid")


def register(app: Flask) -> None:
    """Answer every error in the voice of the service."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Response:
    if isinstance(error.response, Response):  # made by `invalid` above
        return error.response
    return _answer(error.code or 500, error)


def _unexpected(error: Exception) -> Response:
    # The last line before the user: whatever broke, they get a page and the log gets the trace, without the question.
    log.error("request_failed", path=request.path, error=type(error).__name__, exc_info=error)
    return _answer(500, None)


def _answer(status: int, error: HTTPException | None) -> Response:
    headers = error.get_headers() if error else []
    kept = [(k, v) for k, v in headers if k.lower() in ("allow", "retry-after")]
    if wants_json():
        response = problem(status)
    else:
        title, detail = TEXTS.get(status, TEXTS[500])
        response = Response(
            render_template("error.html", title=title, detail=detail, status=status, question=_to_ask_again(status)),
            status,
        )
    response.headers.extend(kept)
    return response


def _to_ask_again(status: int) -> str:
    """Give back what someone typed when we could not answer, so that nobody types it twice."""
    return request.form.get("question", "") if status in (429, 500, 503) else ""


def wants_json() -> bool:
    """Whether the asker is a program."""
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"
