"""What the strict reader lets through and a writer should still look at."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from wenju.corpus.check import reminders
from wenju.corpus.finding import Finding, Level
from wenju.corpus.reader import read_corpus

Write = Callable[..., Path]
TODAY = dt.date(2026, 11, 22)
IGNORED = {"missing-slot", "few-variants", "empty-topic", "unused"}  # small documents written for a test lack much

LAW = """---
id: {id}
kind: regulation
title: 中华人民共和国试行法
short: 试行法
issuer: 全国人民代表大会
number: null
authority: law
basis: official
adopted: null
effective: {effective}
repealed: null
status: {status}
supersedes: null
url: null
topics: [上门]
sources:
  - {{title: 试行法, publisher: 全国人民代表大会}}
reviewed: 2026-11-21
review_by: 2027-05-21
---
## 第三条
{text}
"""


@pytest.fixture
def look(documents: Path) -> Callable[[], list[Finding]]:
    """Check the written documents."""

    def look() -> list[Finding]:
        found = reminders(read_corpus([documents]), TODAY)
        assert {finding.level for finding in found} <= {Level.REMINDER}
        return [finding for finding in found if finding.code not in IGNORED]

    return look


@pytest.fixture
def write(write: Write) -> Write:
    """Write an article whose conclusion stands alone."""
    return partial(write, verdict="先核实是谁来。")


def law(write: Write, id: str = "law", text: str = "催收人员不得恐吓。", status: str = "in-force") -> None:  # noqa: A002
    write(id, kind="regulation", text=LAW.format(id=id, text=text, status=status, effective="2020-01-01"))


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("如上所述，可以报警。", "leaning"),
        ("上述材料要留好。", "leaning"),
        ("此外还要录音。", "leaning"),
        ("他说自己是律师，就问律师事务所全称。", "leaning"),
        ("该公司没有牌照。", "leaning"),
        ("这种情况要报警。", "leaning"),
        ("但法律另有规定的除外。", "split-exception"),
        ("你" + "很" * 90 + "好。", "long-sentence"),
    ],
)
def test_sentence_that_cannot_stand_alone_is_found_on_its_line(
    write: Write, look: Callable[[], list[Finding]], sentence: str, code: str
) -> None:
    write("a", verdict=f"先核实是谁来。\n{sentence}")
    assert [(f.code, f.file, f.line) for f in look()] == [(code, "articles/a.md", 15)]


@pytest.mark.parametrize(
    "sentence",
    [
        "他人不得进入你的住宅。",
        "其他费用不用给。",
        "该不该还，先看合同。",
        "最后一期还清以后要结清证明。",
        "处5日以上10日以下拘留。",
        "债权人可以拒绝提前还债，但不损害债权人利益的除外。",
        "此前已经还过的钱要留凭证。",
    ],
)
def test_sentence_that_stands_alone_is_left_in_peace(
    write: Write, look: Callable[[], list[Finding]], sentence: str
) -> None:
    write("a", verdict=sentence)
    assert look() == []


def test_document_past_its_review_says_by_how_many_days(write: Write, look: Callable[[], list[Finding]]) -> None:
    file = write("a")
    text = file.read_text(encoding="utf-8").replace("review_by: 2027-05-21", "review_by: 2026-11-22")
    file.write_text(text.replace("reviewed: 2026-11-21", "reviewed: 2026-05-21"), encoding="utf-8")
    assert look() == []
    file.write_text(file.read_text(encoding="utf-8").replace("review_by: 2026-11-22", "review_by: 2026-11-12"))
    assert [(f.code, f.line, f.what) for f in look()] == [("overdue", 11, "已过复核日 10 天")]


def test_replaced_rule_that_reads_as_todays_law_is_found_where_something_relies_on_it(
    write: Write, look: Callable[[], list[Finding]]
) -> None:
    law(write, text="旧《试行法》规定，恐吓的罚款200元。\n恐吓的可以拘留。", status="superseded")
    assert look() == []
    file = write("a")
    file.write_text(file.read_text(encoding="utf-8").replace("sources:", "relies_on: [law#第三条]\nsources:"))
    assert [(f.code, f.file, f.line) for f in look()] == [("superseded", "regulations/law.md", 24)]


def test_articles_named_need_a_digest_and_a_place_in_relies_on(write: Write, look: Callable[[], list[Finding]]) -> None:
    law(write)
    write(
        "a",
        verdict="恐吓违法，依据是《试行法》第三条。\n打人违法，依据是《试行法》第四条。\n依据是《不存在法》第一条。",
    )
    assert [(f.code, f.line) for f in look()] == [("not-relied-on", 14), ("no-digest", 15), ("unknown-rule", 16)]


def test_sentence_that_stands_in_two_documents_is_found_in_one_of_them(
    write: Write, look: Callable[[], list[Finding]]
) -> None:
    write("a", verdict="上门的人不肯说公司全称的，不开门，也不签任何东西。")
    write("b", verdict="上门的人不肯说公司全称的，不开门，不签任何东西。")
    found = look()
    assert [(f.code, f.file, f.line) for f in found] == [("repeated", "articles/b.md", 14)]
    assert "articles/a.md:14" in found[0].what


def test_two_documents_asked_the_same_are_one_too_many(write: Write, look: Callable[[], list[Finding]]) -> None:
    asked = "催收上门怎么办\n  - 有人来要债怎么办\n  - 催收来家里了"
    write("a", asked=asked)
    write("b", asked=asked.replace("怎么办", "咋办"))
    assert [f.code for f in look()] == []
    write("b", asked=asked.replace("\n  - 催收来家里了", "呢"))
    found = look()
    assert [(f.code, f.file) for f in found] == [("same-question", "articles/b.md")]
    assert "有 2 个问法几乎一样" in found[0].what


def test_titles_nearly_the_same_are_found(write: Write, look: Callable[[], list[Finding]]) -> None:
    write("a", title="收到短信说要上门催收怎么办")
    write("b", title="收到短信说要上门催收，怎么办？")
    assert [(f.code, f.file) for f in look()] == [("same-question", "articles/b.md")]


def test_same_words_with_other_numbers_contradict_each_other(write: Write, look: Callable[[], list[Finding]]) -> None:
    write("a", verdict="不良记录从还清之日起保存5年。")
    write("b", verdict="不良记录，从还清之日起保存7年。")
    found = look()
    assert [(f.code, f.file, f.line) for f in found] == [("contradiction", "articles/b.md", 14)]
    assert "（5 和 7）" in found[0].what


LENDER = """---
id: weilidai
kind: lender
title: 微粒贷催收：怎么核实
entity: 深圳前海微众银行股份有限公司
licence: bank
hotline: "95384"
aliases: [微粒贷]
complain_to: []
topics: [真假]
sources:
  - {title: 某稿, publisher: 某报}
reviewed: 2026-11-21
review_by: 2027-05-21
---
## 先说结论 {verdict}
微粒贷的客服是95384，不是95017。
"""


def test_telephone_that_the_lenders_own_document_does_not_have_is_found(
    write: Write, look: Callable[[], list[Finding]]
) -> None:
    write("weilidai", kind="lender", text=LENDER)
    write("a", verdict="打微粒贷客服95384核实。\n打微粒贷的客服95188核实。")
    found = look()
    assert [(f.code, f.line) for f in found] == [("contradiction", 15)]
    assert "95188" in found[0].what


def test_missing_slots_few_variants_and_long_titles_are_found(write: Write, documents: Path) -> None:
    write("a", title="很" * 31)
    found = {f.code: f for f in reminders(read_corpus([documents]), TODAY)}
    assert found["missing-slot"].what == "缺少：dont、rights、evidence、where"
    assert (found["few-variants"].line, found["few-variants"].what) == (6, "只有 1 个问法，至少要 6 个")
    assert (found["long-title"].line, found["long-title"].what) == (4, "标题有 31 字，超过 30 字")


def test_regulation_nobody_relies_on_is_found(write: Write, documents: Path) -> None:
    law(write)
    assert [f.file for f in reminders(read_corpus([documents]), TODAY) if f.code == "unused"] == ["regulations/law.md"]
