"""`wenju import`: official texts and drafts, into a folder beside the shipped corpus."""

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click
from platformdirs import user_data_path

from wenju.corpus.finding import CorpusInvalid
from wenju.corpus.importers.drafts import import_documents
from wenju.corpus.importers.outcome import Outcome, Result
from wenju.corpus.importers.statutes import import_statutes
from wenju.corpus.reader import read_corpus, shipped

F = TypeVar("F", bound=Callable[..., Any])

OUTCOME_NAME = {Outcome.IMPORTED: "导入", Outcome.SKIPPED: "略过", Outcome.REFUSED: "拒绝"}
MOST_SKIPPED = 20  # skipped files listed one by one; a repository has thousands


@click.group("import")
def import_group() -> None:
    """从外面导入：法条原文，或者可以改写成文档的草稿。"""


def out_option(name: str) -> Callable[[F], F]:
    """Where imported documents go."""
    return click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        default=user_data_path("wenju") / name,
        show_default=True,
        help="写到哪个文件夹；加进 WENJU_CORPUS 才会用到。",
    )


@import_group.command("statutes")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@out_option("statutes")
@click.option("--known", is_flag=True, help="只导入语料里已有要点的条文。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：每个文件的结果。")
def statutes(folder: Path, out: Path, known: bool, as_json: bool) -> None:
    """导入 FOLDER 里的法条原文（lawtext/laws、LawRefBook/Laws、just-laws 或本项目的 statutes 格式）。

    同一版法规的同一条，回答时改引原文，标“原文”；没有导入的条文仍引要点。有文件读不出来时退出码为 1。
    """
    _keep_apart(out)
    try:
        corpus = read_corpus([shipped()])
    except CorpusInvalid as invalid:
        raise click.ClickException(str(invalid)) from invalid
    results = import_statutes(folder, out, corpus, _today(), known=known)
    _tell(results, out, as_json=as_json)
    sys.exit(any(result.outcome is Outcome.REFUSED for result in results))


@import_group.command("documents")
@click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@out_option("drafts")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：每个文件的结果。")
def documents(paths: tuple[Path, ...], out: Path, as_json: bool) -> None:
    """把 .md、.html、.docx、.pdf 变成草稿，由 wenju check 列出还要补什么。有文件被拒绝时退出码为 1。"""
    _keep_apart(out)
    results = list(import_documents(paths, out, _today()))
    _tell(results, out, as_json=as_json)
    sys.exit(any(result.outcome is Outcome.REFUSED for result in results))


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _keep_apart(out: Path) -> None:
    """Imported text never mixes with the shipped corpus."""
    if out.resolve().is_relative_to(shipped().resolve()):
        raise click.UsageError("--out 不能在自带语料里：导入的文字要和它分开放。")


def _tell(results: Sequence[Result], out: Path, *, as_json: bool) -> None:
    """Print what became of every file, and how to use it."""
    if as_json:
        rows = [asdict(result) for result in results]
        click.echo(json.dumps({"out": str(out), "files": rows}, ensure_ascii=False, indent=1))
        return
    counts = Counter(result.outcome for result in results)
    for outcome in Outcome:
        listed = [result for result in results if result.outcome is outcome]
        most = MOST_SKIPPED if outcome is Outcome.SKIPPED else len(listed)
        for result in listed[:most]:
            click.echo(f"{OUTCOME_NAME[outcome]} {result.file}：{result.told}")
        if len(listed) > most:
            click.echo(f"{OUTCOME_NAME[outcome]} 还有 {len(listed) - most} 个文件；用 --json 看全部。")
    told = "，".join(f"{OUTCOME_NAME[outcome]} {counts[outcome]} 个" for outcome in Outcome)
    click.echo(f"{len(results)} 个文件：{told}。")
    if counts[Outcome.IMPORTED]:
        click.echo(f"写在 {out}。设 WENJU_CORPUS={out} 再运行 wenju check 和 wenju rebuild，就会用到。")
