"""What is looked up for a message, and the answer it leads to."""

import pytest

from wenju.index.snapshot import Snapshot
from wenju.service.answering import answer

TRANSFERRED = "您好，您的案件已移交我司外访部门，今日18点前未处理将安排专人处理，后果自负"
FAMILY = "对方微信：“你女儿几点放学我都知道，让她路上小心点，你今晚还不还钱？”"


def test_every_question_of_a_sign_leads_to_the_document_that_explains_it(snapshot: Snapshot) -> None:
    lost = {}
    for rule in snapshot.corpus.signs:
        if rule.ask:
            hit = snapshot.finder.search(snapshot.finder.read(rule.ask), limit=1)[0]
            if hit.document.id != rule.passage.partition("#")[0]:
                lost[rule.code] = hit.document.id
    assert lost == {}


@pytest.mark.parametrize(
    ("message", "document"),
    [
        (TRANSFERRED, "transferred-field-team"),
        (FAMILY, "threat-family"),
        ("【某某消金】您已逾期，请将欠款转至专员微信，今日办理减免，退订回T", "private-account"),
        ("【征信修复】您的逾期记录可内部消除，仅需1800元，添加微信xiufu888办理", "credit-repair-scam"),
    ],
)
def test_message_is_answered_by_what_it_claims(message: str, document: str, snapshot: Snapshot) -> None:
    answered = answer(message, snapshot)
    assert answered.out.status == "answered"
    assert answered.draft.hits[0].document.id == document


def test_what_the_reader_asks_does_not_hide_the_message(snapshot: Snapshot) -> None:
    out = answer(f"{TRANSFERRED}。这是真的吗？", snapshot).out
    assert out.status == "answered"
    assert out.message is not None
    assert out.message.claims == ["案件移交"]


def test_message_without_signs_is_looked_up_as_it_is(snapshot: Snapshot) -> None:
    answered = answer("【微粒贷】您好，您本期账单已出，请确保银行卡余额充足，如有疑问请联系客服。", snapshot)
    assert answered.draft.question is not None
    assert "本期账单已出" in answered.draft.question.text


def test_offsets_cut_the_words_out_of_the_question_that_is_shown(snapshot: Snapshot) -> None:
    out = answer(f"  {TRANSFERRED}，联系13800138000", snapshot).out
    assert out.message is not None
    assert "13800138000" not in out.model_dump_json()
    assert out.message.phones == ["【手机号】"]
    for sign in out.message.signs:
        assert out.question[sign.start : sign.end] == sign.quote


def test_signs_are_cited_with_the_rest_and_quote_their_documents(snapshot: Snapshot) -> None:
    out = answer(TRANSFERRED, snapshot).out
    assert out.message is not None
    cited = {c.number: c for c in out.citations}
    assert list(cited) == list(range(1, len(cited) + 1))
    for sign in out.message.signs:
        passage = snapshot.corpus.passages[cited[sign.citation].passage_id]
        assert sign.text in [sentence.text for sentence in passage.sentences]


def test_no_sign_is_explained_by_calling_a_message_real_or_fake(snapshot: Snapshot) -> None:
    for rule in snapshot.corpus.signs:
        sentence = snapshot.corpus.passages[rule.passage].sentence(rule.sentence)
        assert sentence is not None
        assert not any(verdict in sentence.text for verdict in ("是真的", "是假的", "是真短信", "是假短信"))


def test_plain_question_has_no_message(snapshot: Snapshot) -> None:
    assert answer("来分期发短信说要上门怎么应对", snapshot).out.message is None
