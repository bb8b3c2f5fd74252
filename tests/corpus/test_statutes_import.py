"""Official texts are read from four layouts and laid over digests, article by article."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import statutes
from click.testing import CliRunner

from wenju.corpus.document import Corpus, RuleStatus, Wording
from wenju.corpus.finding import CorpusInvalid
from wenju.corpus.importers.outcome import Outcome, Result
from wenju.corpus.importers.statutes import import_statutes
from wenju.corpus.reader import read_corpus, shipped
from wenju.index.encoder import Encoder
from wenju.index.snapshot import Snapshot
from wenju.service.answering import answer
from wenju.service.cli import main

Write = Callable[..., Path]
TODAY = dt.date(2026, 11, 22)

DIGEST = """---
id: trial-law
kind: regulation
title: 中华人民共和国试行法（2025年修订）
short: 试行法
issuer: 全国人民代表大会常务委员会
number: null
authority: law
basis: official
adopted: 2025-06-27
effective: 2026-01-01
repealed: null
status: {status}
supersedes: null
url: "https://flk.npc.gov.cn/detail?id=ff80818197af9ccc0197b159c38a0408"
topics: [上门]
sources:
  - {{title: 试行法, publisher: 全国人民代表大会常务委员会}}
reviewed: 2026-11-21
review_by: 2027-05-21
---
## 第一条
催收人员不得恐吓。
## 第三条
这一条是要点。
"""
MIRROR = """---
id: ff80818197af9ccc0197b159c38a0408
title: 中华人民共和国试行法
author: 全国人民代表大会常务委员会
date: '2025-06-27'
publication_date: '2025-06-27'
effective_date: '2026-01-01'
status: 有效
group: 法律
urls:
  - https://flk.npc.gov.cn/detail?id=ff80818197af9ccc0197b159c38a0408
---

**中华人民共和国试行法**

> （2025年6月27日通过）

## 目　　录

- 第一章　总　　则

---

## 第一章　　总　　则

- **第一条**　　催收人员不得恐吓他人。但是，法律另有规定的除外。

  有下列情形之一的，处五日以下拘留：

  - （一）恐吓的；

  - （二）尾随的。

- **第二条**　　依照第一条规定处罚。
"""
PROSE = """# 中华人民共和国试行法

2005年8月28日第十届全国人民代表大会常务委员会第十七次会议通过

2025年6月27日第十四届全国人民代表大会常务委员会第十六次会议修订

{mark}
## 第一章 总则

{open}第一条{close}催收人员不得恐吓他人。

{open}第二条{close}有下列情形之一的，处五日以下拘留:

（一）恐吓的;

（二）尾随的。

{open}第三条{close}本法自2026年1月1日起施行。
"""
REFBOOK = PROSE.format(mark="<!-- INFO END -->\n", open="", close=" ")
JUST_LAWS = "---\nsidebar: auto\n---\n\n" + PROSE.format(mark="", open="**", close="**　")
COLLECTION = """---
title: "中华人民共和国试行法（2025年修订）"
kind: "law"
issuer: "全国人民代表大会常务委员会"
number: "主席令第四十九号（编者填写，来源文本未载，待核）"
adopted: "2025-06-27（2005-08-28通过，2025-06-27修订）"
effective: "2026-01-01"
status: "in-force（镜像标注“有效”）"
coverage: "节选：第1条"
source: "GitHub 仓库 lawtext/laws；原始页 https://flk.npc.gov.cn/detail?id=ff80818197af9ccc0197b159c38a0408"
verified: "取自镜像"
---

# 中华人民共和国试行法（2025年修订）

> 编者注（非法规原文）：旧1条→新1条。

### 第一章 总 则

第一条　催收人员不得恐吓他人。
"""


@pytest.fixture
def take(write: Write, documents: Path, tmp_path: Path) -> Callable[..., tuple[list[Result], Corpus]]:
    """Import files, by their paths, over the digest of 试行法, and read the corpus with them."""

    def take(files: dict[str, str | bytes], **options: str) -> tuple[list[Result], Corpus]:
        if options.get("digest", "yes") == "yes":
            text = DIGEST.format(status=options.get("status", "in-force"))
            write("trial-law", kind="regulation", text=text)
        else:
            write("a")
        for name, data in files.items():
            path = tmp_path / "laws" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        corpus, out = read_corpus([documents]), tmp_path / "out"
        results = import_statutes(tmp_path / "laws", out, corpus, TODAY, known=options.get("known") == "yes")
        return results, read_corpus([documents, out]) if out.exists() else corpus

    return take


Take = Callable[..., tuple[list[Result], Corpus]]


@pytest.mark.parametrize(
    ("path", "text", "articles", "origin"),
    [
        ("content/法律/ff80818197af9ccc0197b159c38a0408.md", MIRROR, 2, "lawtext/laws content/法律/ff8"),
        ("docs/administrative/trial/README.md", JUST_LAWS, 3, "ImCa0/just-laws docs/administrative/trial"),
        ("行政法/试行法(2025-06-27).md", REFBOOK, 3, "LawRefBook/Laws 行政法/试行法"),
        ("trial-law-excerpts.md", COLLECTION, 1, "GitHub 仓库 lawtext/laws"),
    ],
)
def test_each_layout_is_read_and_recognised_as_the_edition_we_digested(
    take: Take, path: str, text: str, articles: int, origin: str
) -> None:
    results, corpus = take({path: text})
    assert [(r.outcome, r.document_id, r.articles) for r in results] == [(Outcome.IMPORTED, "trial-law", articles)]
    rule = corpus.documents["trial-law"].rule
    assert rule is not None
    assert rule.official is not None
    assert rule.official.origin.startswith(origin)
    assert (rule.official.file, rule.official.imported) == (path, TODAY)
    assert rule.official.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (rule.effective, rule.status) == (dt.date(2026, 1, 1), RuleStatus.IN_FORCE)


def test_official_wording_takes_the_place_of_the_same_articles_only(take: Take) -> None:
    _, corpus = take({"law.md": MIRROR})
    document = corpus.documents["trial-law"]
    wording = {p.locator: document.wording_of(p) for p in document.passages}
    assert wording == {"第一条": Wording.ORIGINAL, "第二条": Wording.ORIGINAL, "第三条": Wording.DIGEST}
    assert [s.text for s in corpus.passages["trial-law#第一条"].sentences] == [
        "催收人员不得恐吓他人。但是，法律另有规定的除外。",
        "有下列情形之一的，处五日以下拘留：（一）恐吓的；（二）尾随的。",
    ]
    assert document.topics == ("上门",)
    for passage in document.passages:
        for sentence in passage.sentences:
            assert document.text[sentence.start : sentence.end] == sentence.text


def test_known_takes_only_articles_of_which_there_is_a_digest(take: Take) -> None:
    _, corpus = take({"law.md": MIRROR}, known="yes")
    assert [p.locator for p in corpus.documents["trial-law"].passages] == ["第一条", "第三条"]


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("law-secondary.md", COLLECTION.replace("节选：第1条", "仅收录二手来源引述的条款"), "二手引述，没有官方原文"),
        ("law.md", MIRROR.replace("status: 有效", "status: 已修改"), "标注“已修改”，不是现行规定；语料里"),
        ("law.md", REFBOOK.replace("2025年6月27日", "2012年10月26日").replace("2026年", "2013年"), "版本不同"),
        ("README.md", "# 我们的仓库\n\n1. 第一步。\n", "没有标题和条文，不像法规"),
    ],
)
def test_text_that_must_not_be_quoted_is_skipped_with_a_reason(take: Take, path: str, text: str, told: str) -> None:
    (result,), corpus = take({path: text})
    assert result.outcome is Outcome.SKIPPED
    assert told in result.told
    assert corpus.documents["trial-law"].originals == ()


def test_replaced_rule_keeps_its_digest_which_says_that_it_is_old(take: Take) -> None:
    (result,), corpus = take({"law.md": MIRROR}, status="superseded")
    assert result.outcome is Outcome.SKIPPED
    assert corpus.documents["trial-law"].originals == ()


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"", "文件是空的"), (b"# \xff\xfe", "不是 UTF-8 文字"), (b"---\ntitle: [\n---\n", "不是有效的 YAML")],
)
def test_damaged_file_is_refused_and_stops_nothing_else(take: Take, data: bytes, told: str) -> None:
    results, _ = take({"a-damaged.md": data, "law.md": MIRROR})
    assert [r.outcome for r in results] == [Outcome.REFUSED, Outcome.IMPORTED]
    assert told in results[0].told


def test_law_without_a_digest_becomes_a_document_of_its_own(take: Take) -> None:
    results, corpus = take({"content/法律/x.md": MIRROR}, digest="no")
    assert results[0].document_id == "law-ff80818197af9ccc0197b159c38a0408"
    document = corpus.documents["law-ff80818197af9ccc0197b159c38a0408"]
    assert document.originals == ("第一条", "第二条")
    assert document.rule is not None
    assert (document.rule.short, document.rule.effective) == ("试行法", dt.date(2026, 1, 1))


def test_only_the_latest_edition_of_a_folder_is_taken_where_files_do_not_say_which_is_in_force(take: Take) -> None:
    older = REFBOOK.replace("2025年6月27日", "2012年10月26日").replace("2026年", "2013年")
    results, _ = take({"试行法(2012-10-26).md": older, "试行法(2025-06-27).md": REFBOOK}, digest="no")
    assert [r.outcome for r in results] == [Outcome.SKIPPED, Outcome.IMPORTED]
    assert "更新的一版" in results[0].told


def test_code_that_is_split_into_parts_becomes_one_document(take: Take) -> None:
    part = "# 第四编　人格权\n\n**第九百九十一条**　人格权受法律保护。\n\n**第九百九十二条**　人格权不得放弃。\n"
    results, corpus = take({"code/README.md": JUST_LAWS, "code/第四编 人格权.md": part})
    assert len(results) == 1
    assert "trial-law#第九百九十二条" in corpus.passages


def test_decision_printed_before_the_law_is_not_taken_for_it(take: Take) -> None:
    decision = "第一条 将第二条删去。\n\n第二条 本决定自公布之日起施行。\n\n"
    text = REFBOOK.replace("## 第一章 总则\n", decision + "## 第一章 总则\n")
    _, corpus = take({"law.md": text})
    assert corpus.passages["trial-law#第一条"].text == "催收人员不得恐吓他人。"


def test_other_edition_put_under_the_same_id_by_hand_is_a_fault(take: Take, documents: Path, tmp_path: Path) -> None:
    take({"law.md": MIRROR})
    file = tmp_path / "out" / "regulations" / "trial-law.md"
    file.write_text(file.read_text(encoding="utf-8").replace("effective: 2026-01-01", "effective: 2013-01-01"))
    with pytest.raises(CorpusInvalid) as caught:
        read_corpus([documents, tmp_path / "out"])
    assert [f.what for f in caught.value.findings] == ["原文是 2013-01-01 起施行的版本，要点是 2026-01-01 起施行的版本"]


def test_command_tells_what_became_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "laws").mkdir()
    (tmp_path / "laws" / "a.md").write_text(MIRROR, encoding="utf-8")
    (tmp_path / "laws" / "b.md").write_bytes(b"")
    args = ["import", "statutes", str(tmp_path / "laws"), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 1
    assert "拒绝 b.md：文件是空的：重新下载" in result.output
    assert "2 个文件：导入 1 个，略过 0 个，拒绝 1 个。" in result.output
    (tmp_path / "laws" / "b.md").unlink()
    result = CliRunner().invoke(main, [*args, "--json"])
    assert result.exit_code == 0
    assert [row["articles"] for row in json.loads(result.stdout)["files"]] == [2]
    assert CliRunner().invoke(main, [*args[:3], "--out", str(shipped() / "x")]).exit_code == 2


@pytest.mark.skipif(not statutes.FOLDER.is_dir(), reason="the official texts in ../shared are not here")
def test_every_official_text_of_ours_is_read_and_none_of_the_secondary_ones(tmp_path: Path) -> None:
    results = import_statutes(statutes.FOLDER, tmp_path, read_corpus([shipped()]), TODAY, known=False)
    assert [r for r in results if r.outcome is Outcome.REFUSED] == []
    imported = {r.file for r in results if r.outcome is Outcome.IMPORTED}
    assert not [file for file in imported if "-secondary" in file or "-superseded" in file]
    assert len(imported) >= 65
    corpus = read_corpus([shipped(), tmp_path])
    for document_id, locator in [("civil-code", "第五百四十六条"), ("public-security-punishment-law-2025", "第五十条")]:
        file = statutes.file_of(document_id)
        assert file is not None
        passage = corpus.passages[f"{document_id}#{locator}"]
        assert passage.text == statutes.articles(file)[locator].replace("\n", "")


@pytest.mark.slow
@pytest.mark.skipif(not statutes.FOLDER.is_dir(), reason="the official texts in ../shared are not here")
def test_answers_quote_imported_articles_as_official_wording(tmp_path: Path, encoder: Encoder) -> None:
    out, snapshots = tmp_path / "out", tmp_path / "snapshots"
    run = CliRunner()
    assert run.invoke(main, ["import", "statutes", str(statutes.FOLDER), "--out", str(out)]).exit_code == 0
    env = {"WENJU_CORPUS": str(out), "WENJU_SNAPSHOTS": str(snapshots)}
    assert run.invoke(main, ["rebuild"], env=env).exit_code == 0
    version = (snapshots / "current").read_text(encoding="ascii").split()[0]
    snapshot = Snapshot(snapshots / version, encoder, cache=snapshots)
    out_ = answer("催收冒充警察上门，犯什么法", snapshot).out
    cited = {c.number: c for c in out_.citations}
    laws = [(s, cited[s.citation]) for slot in out_.slots if slot.slot == "law" for s in slot.sentences]
    assert {c.wording for _, c in laws} == {"原文"}
    for sentence, citation in laws:
        text = snapshot.corpus.documents[citation.document_id].text
        assert text[sentence.start : sentence.end] == sentence.text
    assert {c.wording for c in out_.citations if c.kind == "article"} == {"要点"}
