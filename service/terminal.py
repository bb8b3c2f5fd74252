"""Answers and progress as a terminal shows them."""

import sys
from dataclasses import asdict

import click

from wenju.index.search import Hit
from wenju.service.answer.opinion import Opinion, Outcome
from wenju.service.contract import AnswerOut, VerifyOut

VERDICTS = {"stands": "仍然成立", "changed": "已经改动", "gone": "已经不在", "superseded": "所引规则已失效"}

OPINIONS = {
    Outcome.PICKED: "选中 {passages}",
    Outcome.NONE_FITS: "认为没有一段能回答",
    Outcome.TIMEOUT: "没有及时回应，未采用",
    Outcome.UNREACHABLE: "连不上，未采用",
    Outcome.REFUSED: "拒绝了请求（HTTP {status}），未采用",
    Outcome.NONSENSE: "回应不合要求，未采用",
    Outcome.BUSY: "正忙，没有问它",
    Outcome.RESTING: "接连出错，暂时不问它",
}


def answer(out: AnswerOut) -> str:
    """Write an answer as lines of text, with numbered sources below."""
    lines: list[str] = []
    for alert in out.alerts:
        phones = "、".join(f"{c.name} {c.phone}" for c in alert.contacts if c.phone)
        lines += [f"!! {alert.text} [{alert.citation}]", f"   {phones}", ""]
    for slot in out.slots:
        lines.append(f"【{slot.title}】")
        lines += [f"  {sentence.text} [{sentence.citation}]" for sentence in slot.sentences]
        lines.append("")
    if out.next_step:
        lines += [out.next_step, ""]
    if out.closest:
        lines.append("内容相近的段落（不是回答）：")
        lines += [f"  · {near.title}：{near.excerpt}" for near in out.closest]
        lines.append("")
    if out.citations:
        lines.append("来源")
        for c in out.citations:
            date = f"，{c.effective} 起施行" if c.effective else ""
            lines.append(
                f"  [{c.number}] {c.title} · {c.locator}（{c.publisher}{date}；{c.wording}；{c.reviewed} 复核）"
            )
        lines.append("")
    return "\n".join([*lines, out.disclaimer])


def explanation(hits: tuple[Hit, ...]) -> str:
    """Write how each passage was scored."""
    lines = ["", "检索明细（分数是这段能回答问题的概率）"]
    for hit in hits:
        parts = " ".join(f"{name}={value:.2f}" for name, value in asdict(hit.features).items() if value)
        lines += [f"{hit.score:.3f}  {hit.passage.id}", f"       {parts}"]
    return "\n".join(lines)


def opinion(given: Opinion | None) -> str:
    """Write what a chat model said of the hits."""
    if given is None:
        return "聊天模型：没有问"
    said = OPINIONS[given.outcome].format(passages="、".join(sorted(given.passages)), status=given.status)
    return f"聊天模型：{said}"


def verified(out: VerifyOut) -> str:
    """Write what a recheck found."""
    lines = [f"{VERDICTS[c.verdict]}  {c.text}（{c.document_id or '来源不明'}）" for c in out.sentences]
    return "\n".join([*lines, "全部仍然成立。" if out.stands else "有句子不能再引用。"])


def progress(what: str, done: int, of: int) -> None:
    """Show how far a build is, on one line of standard error when a person watches."""
    if sys.stderr.isatty():
        share = done * 20 // of if of else 20
        click.echo(f"\r{what} [{'█' * share}{' ' * (20 - share)}] {done}/{of} ", nl=done >= of, err=True)
