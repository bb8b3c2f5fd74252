"""Answers and progress as a terminal shows them."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from wenju.index.search import Hit
from wenju.service import texts
from wenju.service.answer.opinion import Opinion
from wenju.service.checking import Checked
from wenju.service.contract import AnswerOut, MessageOut, VerifyOut
from wenju.service.evaluation.figures import Figures, by_topic, milliseconds
from wenju.service.evaluation.measure import Outcome

VERDICTS = {"stands": "仍然成立", "changed": "已经改动", "gone": "已经不在", "superseded": "所引规则已失效"}


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
    if out.message:
        lines += _message(out.message)
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


def _message(message: MessageOut) -> list[str]:
    """Write what a pasted message holds, and the sentence that explains each sign."""
    facts = {
        "自称": [message.sender] if message.sender else [],
        "说要": message.claims,
        "金额": message.amounts,
        "期限": message.deadlines,
        "号码": message.phones,
        "链接": message.links,
    }
    lines = [f"【{texts.MESSAGE_TITLE}】"]
    lines += [f"  {name}：{'、'.join(found)}" for name, found in facts.items() if found]
    for sign in message.signs:
        lines += [f"  “{sign.quote}”", f"    {sign.text} [{sign.citation}]"]
    return [*lines, f"  {texts.MESSAGE_LIMIT}", ""]


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
    said = texts.OPINION[given.outcome].format(passages="、".join(sorted(given.passages)), status=given.status)
    return f"聊天模型：{said}"


def verified(out: VerifyOut) -> str:
    """Write what a recheck found."""
    lines = [f"{VERDICTS[c.verdict]}  {c.text}（{c.document_id or '来源不明'}）" for c in out.sentences]
    return "\n".join([*lines, "全部仍然成立。" if out.stands else "有句子不能再引用。"])


def evaluation(outcomes: Sequence[Outcome], now: Figures, worse: Sequence[str], page: Path | None) -> str:
    """Write figures as a table, one line a topic and one for all."""
    columns = ("found_first", "found_in_3", "found_in_10", "mrr", "answered_right", "answered", "silent")
    lines = [f"{'':8}{'题数':>5}" + "".join(f"{name:>16}" for name in columns)]
    for topic, found in {**by_topic(outcomes), "全部": now}.items():
        name = topic + "　" * (4 - len(topic))  # a full-width blank is as wide as a character
        lines.append(f"{name}{found.questions:5}" + "".join(f"{getattr(found, c):16.3f}" for c in columns))
    median, slow = milliseconds(outcomes)
    lines.append(f"警报找到 {now.alerts_found:.3f}，误报 {now.alerts_false:.3f}，断句 {now.broken}")
    lines.append(f"短信读得准 {now.message_precision:.3f}，读得全 {now.message_recall:.3f}")
    lines.append(f"每题 {median:.1f} 毫秒，p95 {slow:.1f} 毫秒")
    lines += [f"变差：{line}" for line in worse]
    return "\n".join([*lines, f"报告：{page}"] if page else lines)


def checked(found: Checked) -> str:
    """Write what a check found: every finding with its place and cure, then a summary."""
    lines = [f"错误 {finding}" for finding in found.errors]
    lines += [f"提醒 [{finding.code}] {finding}" for finding in found.reminders]
    if found.untried:
        lines.append(found.untried)
    lines += [f"  {name}：{count}" for name, count in found.counts()]
    documents = f"{len(found.corpus.documents)} 篇文档，" if found.corpus else ""
    errors = f"{len(found.errors)} 处错误" if found.errors else "没有发现错误"
    ending = "，没有建立索引；改好错误以后才能查提醒。" if found.errors else f"，{len(found.reminders)} 处提醒。"
    return "\n".join([*lines, documents + errors + ending])


def progress(what: str, done: int, of: int) -> None:
    """Show how far a build is, on one line of standard error when a person watches."""
    if sys.stderr.isatty():
        share = done * 20 // of if of else 20
        click.echo(f"\r{what} [{'█' * share}{' ' * (20 - share)}] {done}/{of} ", nl=done >= of, err=True)
