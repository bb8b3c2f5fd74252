"""The command line. Exit status: 0 done, 1 a finding, 2 wrong use."""

import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from importlib.resources import files
from pathlib import Path
from typing import IO, ParamSpec, TypeVar

import click
import pydantic

from wenju.corpus.finding import CorpusInvalid
from wenju.corpus.questions import read_questions
from wenju.corpus.reader import read_corpus
from wenju.index.build import Built, SelfTestFailed, build
from wenju.index.encoder import Encoder, EncoderMissing, open_encoder
from wenju.index.reranker import RerankerMissing, open_reranker
from wenju.index.snapshot import Snapshot, SnapshotUnusable
from wenju.index.snapshots import BuildRunning, NothingToRollBackTo, SnapshotMissing, Snapshots
from wenju.service import checking, server, terminal
from wenju.service import feedback as kept
from wenju.service.answer.draft import Status
from wenju.service.answer.opinion import open_adviser
from wenju.service.answering import answer
from wenju.service.contract import LONGEST_QUESTION, SavedAnswer
from wenju.service.evaluation import figures
from wenju.service.evaluation.measure import measure
from wenju.service.evaluation.reading import read_messages
from wenju.service.evaluation.report import report
from wenju.service.importing import import_group
from wenju.service.report import write_report
from wenju.service.settings import SettingInvalid, Settings
from wenju.service.verify import verify

FINDING, WRONG_USE = 1, 2
# Questions with labels stand in the checkout only; an installed wheel is told where they are.
LABELLED = Path(str(files("wenju.corpus"))).resolve().parent / "tests" / "questions"
ACCEPTED = "accepted.json"
MESSAGES = Path("messages") / "messages.jsonl"
# What the reader of the message can put right; anything else is a fault of ours and keeps its trace.
FINDINGS = (
    BuildRunning,
    CorpusInvalid,
    kept.FeedbackUnreadable,
    NothingToRollBackTo,
    SelfTestFailed,
    SnapshotMissing,
    SnapshotUnusable,
)
MISUSES = (EncoderMissing, RerankerMissing, SettingInvalid, server.PortTaken)

P = ParamSpec("P")
T = TypeVar("T")


def explained(command: Callable[P, T]) -> Callable[P, T]:
    """Turn our own errors into a message and an exit status."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except FINDINGS as error:
            click.echo(str(error), err=True)
            sys.exit(FINDING)
        except MISUSES as error:
            click.echo(str(error), err=True)
            sys.exit(WRONG_USE)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wenju", prog_name="wenju")
def main() -> None:
    """问据：被催收时，逐句有出处的回答。"""


main.add_command(import_group)


@main.command("serve")
@click.option("--host", default=server.LOCAL, show_default=True, help="监听的地址；0.0.0.0 表示所有网卡。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="监听的端口。")
@explained
def serve(host: str, port: int) -> None:
    """启动网页和接口；还没有索引时先建立。"""
    settings = _settings()
    _open(settings, _build_if_missing(settings)).close()
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 -- only shown
    click.echo(f"问据已启动：http://{shown}:{port} （按 Ctrl-C 停止）")
    server.serve(settings, host, port)


@main.command("ask")
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，和接口的一样。")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="按这一天的法律回答，例如 2025-10-01。")
@click.option("--explain", is_flag=True, help="列出每个候选段落的特征和分数。")
@explained
def ask(question: str, as_json: bool, explain: bool, as_of: dt.datetime | None) -> None:
    """回答 QUESTION；写 - 则从标准输入读。没有答案时退出码为 1。"""
    text = (sys.stdin.read() if question == "-" else question).strip()
    if not text or len(text) > LONGEST_QUESTION:
        raise click.UsageError(f"问题要有 1 到 {LONGEST_QUESTION} 字。")
    settings = _settings()
    snapshot = _open(settings, _build_if_missing(settings))
    day = as_of.date() if as_of else None
    answered = answer(text, snapshot, day, adviser=open_adviser(settings.chat_model))
    click.echo(answered.out.model_dump_json(indent=1) if as_json else terminal.answer(answered.out))
    if explain:
        click.echo(terminal.explanation(answered.draft.hits), err=as_json)
        click.echo(terminal.opinion(answered.draft.opinion), err=as_json)
    sys.exit(0 if answered.draft.status is Status.ANSWERED else FINDING)


@main.command("rebuild")
@click.option("--json", "as_json", is_flag=True, help="输出新索引的清单。")
@explained
def rebuild(as_json: bool) -> None:
    """从语料重建索引；失败时旧索引继续使用。"""
    settings = _settings()
    built = _build(settings, open_encoder(settings.encoder))
    manifest = built.manifest
    if as_json:
        click.echo(
            json.dumps(pydantic.TypeAdapter(type(manifest)).dump_python(manifest, mode="json"), ensure_ascii=False)
        )
        return
    done = "没有变化，沿用" if built.reused else f"用 {manifest.seconds} 秒建立（新编码 {manifest.embedded} 段）"
    click.echo(
        f"{done}索引 {manifest.version}：{manifest.documents} 篇文档，{manifest.passages} 段，{manifest.sentences} 句。"
    )


@main.command("rollback")
@explained
def rollback() -> None:
    """退回上一个索引。"""
    click.echo(f"已退回索引 {Snapshots(_settings().snapshots).rollback()}。")


@main.command("check")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：错误和提醒，每条有 level、code、位置和改法。")
@click.option("--strict", is_flag=True, help="有提醒时退出码也是 1。")
@click.option("--quick", is_flag=True, help="不拿问法去试索引。")
@click.option("--report", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="写一页网页报告。")
@explained
def check(as_json: bool, strict: bool, quick: bool, report: Path | None) -> None:
    """检查语料，列出每一处错误和提醒、位置和改法。有错误时退出码为 1。"""
    today = dt.datetime.now().astimezone().date()
    checked = checking.check(_settings(), ask=not quick, today=today)
    if report:
        report.write_text(write_report(checked, today), encoding="utf-8")
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in checked.findings], ensure_ascii=False, indent=1))
    else:
        click.echo(terminal.checked(checked))
    sys.exit(FINDING if checked.errors or (strict and checked.reminders) else 0)


@main.command("verify")
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@explained
def verify_saved(file: IO[str], as_json: bool) -> None:
    """复核 FILE 里保存的答案（JSON），逐句说明是否仍然成立。"""
    try:
        saved = SavedAnswer.model_validate_json(file.read())
    except (pydantic.ValidationError, UnicodeDecodeError) as error:
        raise click.UsageError("文件不是本服务保存的答案（JSON，要有 slots 和 citations）。") from error
    settings = _settings()
    found = verify(saved, _open(settings, open_encoder(settings.encoder)).corpus)
    click.echo(found.model_dump_json(indent=1) if as_json else terminal.verified(found))
    sys.exit(0 if found.stands else FINDING)


@main.command("eval")
@click.option("--questions", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=LABELLED)
@click.option("--report", "page", type=click.Path(dir_okay=False, path_type=Path), help="把带图的报告写进这个文件。")
@click.option("--accept", is_flag=True, help="接受这次的指标，以后和它比较。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@explained
def evaluate(folder: Path, page: Path | None, accept: bool, as_json: bool) -> None:
    """用带标签的问题评测检索、回答、沉默和警报；比上次接受的差时退出码为 1。"""
    settings = _settings()
    snapshot = _open(settings, _build_if_missing(settings))
    outcomes = measure(read_questions(folder), snapshot, terminal.progress)
    messages = folder / MESSAGES
    read = read_messages(messages, snapshot.corpus) if messages.is_file() else figures.NO_MESSAGES
    now, file = figures.figures(outcomes, read), folder / ACCEPTED
    accepted = figures.load(file) if file.is_file() else None
    if page:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(report(outcomes, snapshot.manifest, now, accepted), encoding="utf-8")
    if accept:
        figures.save(now, file)
    worse = figures.regressions(now, accepted) if accepted and not accept else []
    if as_json:
        click.echo(json.dumps({"figures": asdict(now), "accepted": accepted and asdict(accepted), "worse": worse}))
    else:
        click.echo(terminal.evaluation(outcomes, now, worse, page))
    sys.exit(FINDING if worse or now.broken else 0)


@main.command("feedback")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@explained
def feedback(as_json: bool) -> None:
    """列出读者说的“有用、没用、有错”和理由。"""
    rows = list(kept.FeedbackFile(_settings().feedback_file).read())
    if as_json:
        click.echo(json.dumps([row.model_dump(mode="json") for row in rows], ensure_ascii=False, indent=1))
    else:
        click.echo(kept.summary(rows))


def _settings() -> Settings:
    return Settings.from_env(os.environ)


def _build(settings: Settings, encoder: Encoder) -> Built:
    return build(read_corpus(settings.corpus), encoder, Snapshots(settings.snapshots), progress=terminal.progress)


def _build_if_missing(settings: Settings) -> Encoder:
    encoder = open_encoder(settings.encoder)
    if not Snapshots(settings.snapshots).versions():
        click.echo("还没有索引，先建立一次……", err=True)
        _build(settings, encoder)
    return encoder


def _open(settings: Settings, encoder: Encoder) -> Snapshot:
    snapshots = Snapshots(settings.snapshots)
    return Snapshot(
        snapshots.path(snapshots.current()), encoder, cache=snapshots.folder, reranker=open_reranker(settings.reranker)
    )


if __name__ == "__main__":
    main()
