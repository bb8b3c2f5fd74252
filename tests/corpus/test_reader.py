"""A corpus is read whole or not at all, and every fault is told with its place and its cure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wenju.corpus.document import Kind, Slot
from wenju.corpus.finding import CorpusInvalid
from wenju.corpus.reader import read_corpus, shipped

Write = Callable[..., Path]


def findings(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(CorpusInvalid) as caught:
        read_corpus([folder])
    return [(Path(finding.file).name, finding.line, finding.what) for finding in caught.value.findings]


def test_document_is_cut_into_passages_and_sentences_at_exact_offsets(write: Write, documents: Path) -> None:
    write("a", verdict="不一定有人来。先核实！")
    document = read_corpus([documents]).documents["a"]
    assert document.kind is Kind.ARTICLE
    assert [passage.id for passage in document.passages] == ["a#verdict", "a#do"]
    assert [s.text for s in document.passages[0].sentences] == ["不一定有人来。", "先核实！"]
    assert [(s.text, s.step) for s in document.passages[1].sentences] == [
        ("先核实是谁。", 1),
        ("再决定怎么做。", 2),
    ]
    for passage in document.passages:
        for sentence in passage.sentences:
            assert document.text[sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize(
    ("change", "line", "what"),
    [
        (("reviewed: 2026-11-21", "reviewed: 2026-02-30"), 10, "reviewed 不是日期：'2026-02-30'"),
        (("reviewed: 2026-11-21\n", ""), 1, "缺少字段 reviewed"),
        (("topics: [上门]", "topics: [天气]"), 5, "没有主题“天气”"),
        (("title:", "titel:"), 4, "不认识的字段 titel"),
        (("{do}", "{todo}"), 15, "不认识的 slot：todo"),
        (("## 现在就做 {do}", "## 现在就做"), 15, "标题没有写 slot"),
        (("id: a\n", "id: b\n"), 2, "id b 和文件名 a.md 不同"),
        (("先核实是谁。", "先核实是谁"), 16, "句子没有结束：“先核实是谁”"),
        (("先核实是谁。", "**先**核实是谁。"), 16, "用了不支持的标记：'1. **先**核实是谁。'"),
        (("review_by: 2027-05-21", "review_by: 2026-05-21"), 11, "review_by 不晚于 reviewed"),
        (("  - {title: 某报道, publisher: 某报, published: 2026-01-30}", "  []"), 8, "没有来源"),
        (("kind: article", "kind: novel"), 3, "kind 的值 'novel' 不在允许的范围里"),
        (("## 先说结论 {verdict}\n", "开头的话。\n## 先说结论 {verdict}\n"), 13, "第一个标题之前有文字"),
        (("## 现在就做 {do}", "## 再说一次 {verdict}"), 15, "“verdict”这一节出现了两次（上一次在第 13 行）"),
        (("asked_as:\n", "asked_as: [\n"), 7, "front matter 不是有效的 YAML"),
    ],
)
def test_fault_is_reported_with_its_line(
    write: Write, documents: Path, change: tuple[str, str], line: int, what: str
) -> None:
    file = write("a")
    text = file.read_text(encoding="utf-8")
    assert change[0] in text
    file.write_text(text.replace(change[0], change[1], 1), encoding="utf-8")
    found = findings(documents)
    assert [(name, at) for name, at, told in found if told.startswith(what)] == [("a.md", line)], found


def test_all_faults_of_all_files_are_reported_at_once(write: Write, documents: Path) -> None:
    write("a", text="没有 front matter")
    write("b", text="---\nid: b\n")
    broken = write("c")
    broken.write_bytes(b"---\n\xff\xfe")
    assert {(name, what) for name, _, what in findings(documents)} == {
        ("a.md", "文件开头没有 front matter"),
        ("b.md", "front matter 没有结束"),
        ("c.md", "不是 UTF-8 文字"),
    }


def test_reference_that_leads_nowhere_is_a_fault(write: Write, documents: Path) -> None:
    file = write("a")
    text = file.read_text(encoding="utf-8")
    text = text.replace("sources:", "relies_on: [civil-code#第六百七十条, a#verdict]\nlenders: [nobody]\nsources:")
    file.write_text(text, encoding="utf-8")
    assert findings(documents) == [
        ("a.md", 8, "relies_on 指向的 civil-code#第六百七十条 不存在"),
        ("a.md", 9, "没有 id 为 nobody 的机构文档"),
    ]


def test_id_used_twice_is_a_fault(write: Write, documents: Path) -> None:
    copy = documents / "more" / "articles" / "a.md"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(write("a").read_bytes())
    assert findings(documents) == [("a.md", 2, "id a 已经被 articles/a.md 用了")]


def test_message_names_place_fault_and_cure(write: Write, documents: Path) -> None:
    write("a", text="没有 front matter")
    with pytest.raises(CorpusInvalid) as caught:
        read_corpus([documents])
    assert "articles/a.md:1：文件开头没有 front matter → 第一行写 ---" in str(caught.value)


def test_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert findings(tmp_path / "nowhere") == [("nowhere", 1, "没有这个文件夹")]


def test_shipped_corpus_is_sound_and_every_sentence_stands_where_it_says() -> None:
    corpus = read_corpus([shipped()])
    assert len(corpus.documents) >= 25
    for document in corpus.documents.values():
        for passage in document.passages:
            for sentence in passage.sentences:
                assert document.text[sentence.start : sentence.end] == sentence.text


def test_shipped_articles_fill_every_slot() -> None:
    needed = {*Slot} - {Slot.LAW}
    for document in read_corpus([shipped()]).documents.values():
        if document.kind is Kind.ARTICLE and document.id != "service-limits":
            assert needed <= {passage.slot for passage in document.passages}, document.id


def test_shipped_alerts_lead_to_a_sentence_and_a_number() -> None:
    corpus = read_corpus([shipped()])
    assert {rule.code for rule in corpus.alerts} == {"self_harm", "danger", "scam"}
    for rule in corpus.alerts:
        assert rule.passage in corpus.passages
        assert corpus.documents[rule.contacts[0]].contact is not None
