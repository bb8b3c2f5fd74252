"""How an answer is put together: whole paragraphs, nothing twice, the law as it stood."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from wenju.corpus.document import Kind, RuleStatus, Slot
from wenju.corpus.signals import AlertCode
from wenju.index.search import in_force
from wenju.index.snapshot import Snapshot
from wenju.service.answer.blocks import Block, best, shortened, unrepeated
from wenju.service.answer.compose import MOST
from wenju.service.answer.draft import Alert, Quote
from wenju.service.answer.steps import decide
from wenju.service.answering import answer

BEFORE = dt.date(2025, 10, 1)  # the public-security law of 2012 was still in force


@pytest.fixture
def blocks(snapshot: Snapshot) -> list[Block]:
    """The first sentences of one document's slots, as blocks of falling relevance."""
    document = snapshot.corpus.documents["visit-sms-response"]
    return [
        Block((Quote(Slot(p.slot), p.sentences[0], p, document),), 1.0 - n / 10)
        for n, p in enumerate(document.passages)
    ]


def test_most_relevant_blocks_come_first_and_one_fits_always(blocks: list[Block]) -> None:
    assert best(blocks, 2) == blocks[:2]
    assert best(blocks, 0) == blocks[:1]


def test_block_that_says_what_was_said_is_left_out(blocks: list[Block]) -> None:
    assert unrepeated([blocks[0], blocks[1], blocks[0]], lambda a, b: float(a == b)) == blocks[:2]


def test_least_relevant_goes_first_but_no_slot_is_emptied(blocks: list[Block]) -> None:
    twice = [*blocks, Block(blocks[0].quotes, 0.05)]
    assert shortened(twice, len(blocks)) == blocks
    assert shortened(blocks, 1) == blocks  # each is the last one of its slot


def test_what_to_do_outlasts_what_is_more_relevant(blocks: list[Block]) -> None:
    steps = [block for block in blocks if block.quotes[0].slot is Slot.DO]
    faint = [replace(block, relevance=-1.0) for block in steps * 2]
    rights = [block for block in blocks if block.quotes[0].slot is Slot.RIGHTS]
    assert shortened([*faint, *rights * 3], 3) == [*faint, *rights]


def test_second_part_of_a_question_gets_its_sentence(snapshot: Snapshot) -> None:
    out = answer("下个月开庭，我在外地打工请不了假。不去开庭会怎么样？能不能让我妈替我去", snapshot).out
    text = "".join(s.text for slot in out.slots for s in slot.sentences)
    assert "缺席判决" in text
    assert "近亲属" in text


def test_answer_names_the_articles_its_sentences_name(snapshot: Snapshot) -> None:
    out = answer("催收打电话给我领导、同事，怎么办", snapshot).out
    cited = {c.locator for c in out.citations if c.kind == "regulation"}
    said = "".join(s.text for slot in out.slots if slot.slot != "law" for s in slot.sentences)
    assert cited
    assert any(locator and locator in said for locator in cited)


def test_contact_comes_with_its_hours(snapshot: Snapshot) -> None:
    out = answer("银行催收太过分 投诉打什么电话", snapshot).out
    text = "".join(s.text for slot in out.slots if slot.slot == "where" for s in slot.sentences)
    assert "12378" in text
    assert "工作日" in text


def test_named_lender_comes_with_its_number(snapshot: Snapshot) -> None:
    for question, number in (("花呗逾期利息怎么算", "95188"), ("微粒贷的催收爆我通讯录", "95384")):
        out = answer(question, snapshot).out
        assert number in "".join(s.text for slot in out.slots if slot.slot == "where" for s in slot.sentences)


def test_no_other_bank_s_number_is_given(snapshot: Snapshot) -> None:
    out = answer("平安银行信用卡客服电话是多少", snapshot).out
    where = "".join(s.text for slot in out.slots if slot.slot == "where" for s in slot.sentences)
    assert "平安银行" in where
    assert "工商银行" not in where
    assert "建设银行" not in where


def test_lender_that_is_not_known_gets_no_other_lender_s_page(snapshot: Snapshot) -> None:
    for name in ("中原消费金融", "长银消费金融", "苏银凯基消费金融"):
        out = answer(f"{name}说我逾期了要上门，怎么核实", snapshot).out
        assert not {c.kind for c in out.citations} & {"lender"}


def test_earlier_day_gets_the_law_of_that_day(snapshot: Snapshot) -> None:
    question = "催收反复发短信恐吓我，治安管理处罚法怎么罚"
    today, then = answer(question, snapshot).out, answer(question, snapshot, BEFORE).out
    assert {"public-security-punishment-law-2025"} <= {c.document_id for c in today.citations}
    documents = {c.document_id for c in then.citations}
    assert "public-security-punishment-law-2025" not in documents
    assert "public-security-punishment-law-2012" in documents


def test_replaced_rule_is_never_today_s_law(snapshot: Snapshot) -> None:
    replaced = {d.id for d in snapshot.corpus.documents.values() if d.rule and d.rule.status is not RuleStatus.IN_FORCE}
    assert "public-security-punishment-law-2012" in replaced
    for question in ("治安管理处罚法第四十二条", "旧的治安管理处罚法第四十二条怎么说", "发短信威胁 治安处罚"):
        assert not replaced & {c.document_id for c in answer(question, snapshot).out.citations}


def test_rule_without_a_date_of_effect_follows_its_status(snapshot: Snapshot) -> None:
    undated = [d for d in snapshot.corpus.documents.values() if d.rule and d.rule.effective is None]
    assert undated
    assert all(in_force(d, BEFORE) == (d.rule.status is RuleStatus.IN_FORCE) for d in undated if d.rule)


def test_danger_is_answered_even_if_nothing_else_is_found(snapshot: Snapshot) -> None:
    out = answer("我站在楼顶了", snapshot).out
    assert out.alerts[0].code == "self_harm"
    assert out.status == "answered"
    assert "suicidal" in {c.document_id for c in out.citations}


def test_who_has_not_paid_is_not_told_to_block_a_payment(snapshot: Snapshot) -> None:
    out = answer("微信里一个自称度小满的人让我发身份证照片核对", snapshot).out
    assert [alert.code for alert in out.alerts] == ["scam"]
    assert "after-paying-scammer" not in {s.document_id for s in out.citations if s.number > out.alerts[0].citation}


def test_who_has_paid_a_swindler_is_told_what_to_do_about_that_first(snapshot: Snapshot) -> None:
    out = answer("按他给的链接在App里还了三千，App里还是显示欠款，那个人微信把我删了", snapshot).out
    assert [alert.code for alert in out.alerts] == ["scam"]
    first = next(slot for slot in out.slots if slot.slot == "verdict").sentences[0]
    assert next(c for c in out.citations if c.number == first.citation).document_id == "after-paying-scammer"


@pytest.mark.parametrize(("happened", "leads"), [(True, True), (False, False)])
def test_alert_takes_the_first_place_only_where_it_is_said_to_have_happened(
    snapshot: Snapshot, *, happened: bool, leads: bool
) -> None:
    found = answer("催收一直打电话给我妈，怎么让他们停", snapshot).draft
    alarm = snapshot.corpus.documents["danger-now"]
    passage = snapshot.corpus.passages["danger-now#verdict"]
    alert = Alert(AlertCode.DANGER, Quote(Slot.VERDICT, passage.sentences[0], passage, alarm), (), happened=happened)
    decided = decide(snapshot.finder, snapshot.manifest.thresholds)(replace(found, alerts=(alert,), status=None))
    assert (decided.hits[0].document is alarm) is leads
    assert decided.status is None


def test_message_that_asks_for_money_to_a_person_warns_of_fraud(snapshot: Snapshot) -> None:
    out = answer("【催收通知】您已严重逾期，今天17点前将欠款转到专员个人微信，否则上门走访，逾期后果自负", snapshot).out
    assert [alert.code for alert in out.alerts] == ["scam"]


def test_who_is_in_danger_is_given_the_first_steps_in_their_order_and_nothing_else(snapshot: Snapshot) -> None:
    out = answer("欠了二十万，工资四千五，我想一了百了，不知道怎么算账还", snapshot).out
    document = snapshot.corpus.documents["suicidal"]
    steps = next(p for p in document.passages if p.slot == "do").sentences
    shown = [s.text for slot in out.slots if slot.slot == "do" for s in slot.sentences]
    assert shown == [s.text for s in steps[: len(shown)]]
    assert len(shown) >= 3


def _made_up(snapshot: Snapshot, count: int) -> list[str]:
    """Questions out of pieces of what people ask: halves, pairs, with a lender or an article between."""
    chance = random.Random(11)  # noqa: S311 -- no secret
    documents = snapshot.corpus.documents.values()
    asked = [variant for d in documents for variant in d.asked_as]
    lenders = [alias for d in documents if d.lender for alias in d.lender.aliases]
    articles = [f"{d.title}{p.locator}" for d in documents if d.kind is Kind.REGULATION for p in d.passages]
    made = []
    for _ in range(count):
        one, other = chance.sample(asked, 2)
        middle = chance.choice(["，", "？还有", " ", "\n", chance.choice(lenders), chance.choice(articles)])
        made.append(one[: chance.randint(2, len(one))] + middle + other[chance.randint(0, len(other) - 1) :])
    return made


def _stands(question: str, snapshot: Snapshot, day: dt.date | None = None) -> bool:
    out = answer(question, snapshot, day).out
    cited = {c.number: snapshot.corpus.documents[c.document_id] for c in out.citations}
    sentences = [s for slot in out.slots for s in slot.sentences]
    texts = [s.text for s in sentences]
    return (
        all(cited[s.citation].text[s.start : s.end] == s.text for s in sentences)
        and all(alert.text in cited[alert.citation].text for alert in out.alerts)
        and len(texts) == len(set(texts))
        and len(texts) <= MOST + len(out.slots)  # whole paragraphs, and no slot emptied
    )


def test_no_answer_holds_a_sentence_that_is_not_in_its_document(snapshot: Snapshot) -> None:
    assert [q for q in _made_up(snapshot, 200) if not _stands(q, snapshot)] == []


@pytest.mark.slow
def test_none_of_thousands_of_answers_does_either(snapshot: Snapshot) -> None:
    questions = _made_up(snapshot, 3000)
    assert [q for n, q in enumerate(questions) if not _stands(q, snapshot, BEFORE if n % 2 else None)] == []
