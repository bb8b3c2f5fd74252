"""The command line, as a newcomer meets it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wenju.corpus.reader import shipped
from wenju.index.snapshots import Snapshots
from wenju.service.cli import main

Write = Callable[..., Path]
Run = Callable[..., Result]


@pytest.fixture
def run(built: Snapshots) -> Run:
    """Run a command over the shipped corpus, or over what `env` says."""

    def run(*args: str, env: dict[str, str] | None = None, text: str | None = None) -> Result:
        return CliRunner().invoke(main, args, input=text, env={"WENJU_SNAPSHOTS": str(built.folder)} | (env or {}))

    return run


def test_ask_prints_the_answer_with_its_sources_and_exits_0(run: Run) -> None:
    result = run("ask", "来分期发短信说要上门怎么应对")
    assert result.exit_code == 0
    assert result.output.startswith("【先说结论】\n  来分期发短信说上门，先核实现在的债权人是谁")
    assert "[1] 来分期发短信说要上门，怎么应对 · 先说结论" in result.output


def test_ask_without_an_answer_exits_1_and_leads_on(run: Run) -> None:
    result = run("ask", "今天中午吃什么好")
    assert result.exit_code == 1
    assert "不在本服务的范围里" in result.output


def test_ask_as_json_is_the_contract(run: Run) -> None:
    answer = json.loads(run("ask", "--json", "微粒贷逾期真的会上门收债吗").stdout)
    assert answer["status"] == "answered"
    assert answer["citations"][0]["document_id"] == "visit-weilidai"


def test_ask_explains_every_hit_with_features_and_score(run: Run) -> None:
    output = run("ask", "--explain", "来分期短信说派人到我家 怎么办").output
    assert "visit-laifenqi#" in output
    assert "variant=1.00" in output


def test_ask_explains_why_the_chat_model_was_not_heard_and_answers_all_the_same(run: Run, free_port: int) -> None:
    env = {"WENJU_LLM_URL": f"http://127.0.0.1:{free_port}/v1", "WENJU_LLM_MODEL": "m"}
    question = "来分期发短信说要上门怎么应对"
    answered = run("ask", "--json", "--explain", question, env=env)
    assert answered.exit_code == 0
    assert answered.stdout == run("ask", "--json", question).stdout
    assert "聊天模型：连不上，未采用" in answered.stderr


def test_half_a_chat_model_exits_2_with_the_cure(run: Run) -> None:
    result = run("ask", "问题", env={"WENJU_LLM_URL": "http://127.0.0.1:11434/v1"})
    assert result.exit_code == 2
    assert "设了 WENJU_LLM_URL 就要写明模型名" in result.stderr


def test_ask_reads_a_message_from_standard_input(run: Run) -> None:
    message = "【微粒贷】您的账户已逾期，欠款3,860元，请于今日18点前处理，否则安排上门，致电95384\n"
    result = run("ask", "-", text=message)
    assert result.exit_code == 0
    for line in ("自称：微粒贷", "说要：上门", "金额：3,860元", "期限：今日18点前", "号码：95384", "“上门”"):
        assert f"  {line}\n" in result.output


@pytest.mark.parametrize("args", [("ask",), ("ask", " "), ("ask", "问" * 2001), ("nothing",), ("serve", "--port", "0")])
def test_wrong_use_exits_2(run: Run, args: tuple[str, ...]) -> None:
    assert run(*args).exit_code == 2


def test_wrong_setting_is_explained_and_exits_2(run: Run) -> None:
    result = run("ask", "你好", env={"WENJU_LOG_LEVEL": "loud"})
    assert result.exit_code == 2
    assert "WENJU_LOG_LEVEL" in result.output
    assert "Traceback" not in result.output


def test_first_question_builds_the_index(run: Run, tmp_path: Path) -> None:
    env = {"WENJU_SNAPSHOTS": str(tmp_path / "fresh")}
    result = run("ask", "微粒贷逾期真的会上门收债吗", env=env)
    assert result.exit_code == 0
    assert "还没有索引，先建立一次" in result.output
    assert "还没有索引" not in run("ask", "微粒贷逾期真的会上门收债吗", env=env).output


def test_rebuild_of_the_same_corpus_says_nothing_changed(run: Run) -> None:
    result = run("rebuild")
    assert result.exit_code == 0
    assert result.output.startswith("没有变化，沿用索引")


def test_rebuild_of_a_broken_corpus_lists_findings_and_exits_1(run: Run, write: Write, documents: Path) -> None:
    write("a", text="没有 front matter")
    write("b", text="---\nid: b\n---\n")
    result = run("rebuild", env={"WENJU_CORPUS": str(documents)})
    assert result.exit_code == 1
    assert "articles/a.md:1：文件开头没有 front matter" in result.output
    assert "articles/b.md:1：缺少字段 kind" in result.output


def test_documents_of_the_operator_are_added(run: Run, write: Write, documents: Path, tmp_path: Path) -> None:
    write("mine", asked="蓝鲸分期催收电话怎么核实", verdict="蓝鲸分期的催收电话先打官方客服核实。")
    env = {"WENJU_CORPUS": str(documents), "WENJU_SNAPSHOTS": str(tmp_path / "s")}
    assert run("rebuild", env=env).exit_code == 0
    assert "蓝鲸分期的催收电话先打官方客服核实。 [1]" in run("ask", "蓝鲸分期催收电话怎么核实", env=env).output


def test_rollback_goes_back_to_the_index_before(run: Run, write: Write, documents: Path, tmp_path: Path) -> None:
    env = {"WENJU_SNAPSHOTS": str(tmp_path / "s")}
    assert run("rollback", env=env).exit_code == 1
    run("rebuild", env=env)
    first = Snapshots(tmp_path / "s").current()
    write("mine")
    run("rebuild", env=env | {"WENJU_CORPUS": str(documents)})
    assert Snapshots(tmp_path / "s").current() != first
    assert run("rollback", env=env).output == f"已退回索引 {first}。\n"
    assert Snapshots(tmp_path / "s").current() == first


def test_check_passes_the_shipped_corpus(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert f"{len(list(shipped().rglob('*.md')))} 篇文档" in result.output


def test_check_gives_findings_as_json(run: Run, write: Write, documents: Path) -> None:
    write("a", text="没有 front matter")
    result = run("check", "--json", env={"WENJU_CORPUS": str(documents)})
    assert result.exit_code == 1
    finding = json.loads(result.stdout)[0]
    assert (finding["level"], finding["code"], finding["line"]) == ("error", "invalid", 1)
    assert finding["what"] == "文件开头没有 front matter"


def test_check_reminds_and_fails_on_reminders_only_when_strict(run: Run, write: Write, documents: Path) -> None:
    write("mine", verdict="如上所述，先核实。")
    env = {"WENJU_CORPUS": str(documents)}
    result = run("check", "--quick", env=env)
    assert result.exit_code == 0
    assert "提醒 [leaning] articles/mine.md:14：这句离开上下文读不懂（“如上”）" in result.output
    assert run("check", "--quick", "--strict", env=env).exit_code == 1
    found = json.loads(run("check", "--quick", "--json", env=env).stdout)
    assert {f["level"] for f in found} == {"reminder"}


def test_check_puts_doubtful_questions_to_the_index(run: Run, write: Write, documents: Path, tmp_path: Path) -> None:
    write("mine", asked="微粒贷逾期真的会上门收债吗", title="蓝鲸分期怎么核实")
    env = {"WENJU_CORPUS": str(documents), "WENJU_SNAPSHOTS": str(tmp_path / "s")}
    assert "还没有索引，问法没有试" in run("check", env=env).output
    run("rebuild", env=env)
    output = run("check", env=env).output
    assert "[asked-elsewhere] articles/mine.md:7：问法“微粒贷逾期真的会上门收债吗”先找到的是" in output


def test_check_writes_a_page_that_needs_nothing_beside_itself(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run("check", "--quick", "--report", str(page)).exit_code == 0
    html = page.read_text(encoding="utf-8")
    assert "没有错误" in html
    assert '<th scope="row">征信记录</th>' in html
    assert "src=" not in html
    assert "href=" not in html
    assert run("check", "--report", str(tmp_path)).exit_code == 2


def test_verify_rechecks_a_saved_answer(run: Run, tmp_path: Path) -> None:
    saved = tmp_path / "answer.json"
    saved.write_text(run("ask", "--json", "微粒贷逾期真的会上门收债吗").stdout, encoding="utf-8")
    assert run("verify", str(saved)).exit_code == 0
    saved.write_text(saved.read_text(encoding="utf-8").replace("不一定会有人上门", "一定会有人上门"), encoding="utf-8")
    result = run("verify", str(saved))
    assert result.exit_code == 1
    assert "已经改动" in result.output
    saved.write_text("{}", encoding="utf-8")
    assert run("verify", str(saved)).exit_code == 2
