"""What is read from a message, with the words it was read from."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenju.corpus.document import Corpus
from wenju.corpus.reader import read_corpus, shipped
from wenju.index.snapshot import Snapshot
from wenju.service.answering import answer
from wenju.service.message.read import MessageReader
from wenju.service.message.values import Message
from wenju.service.privacy import masked

CORPUS = read_corpus([shipped()])
ALIASES = {alias: d.id for d in CORPUS.documents.values() if d.lender for alias in d.lender.aliases}
READER = MessageReader(CORPUS, ALIASES)
SMS = "【来分期】您的账户已严重逾期，欠款3,860.52元，请于今日18点前处理，否则安排外访人员上门，联系电话95188"


def read(text: str) -> Message:
    message = READER.read(masked(text))
    assert message is not None
    return message


def words(message: Message) -> dict[str, str]:
    return {sign.code: sign.words.text for sign in message.signs}


def test_message_is_read_in_full() -> None:
    message = read(SMS)
    assert message.sender == "来分期"
    assert message.claims == ("上门",)
    assert [span.text for span in message.amounts] == ["3,860.52元"]
    assert [span.text for span in message.deadlines] == ["今日18点前"]
    assert [span.text for span in message.phones] == ["95188"]
    assert words(message) == {
        "signature": "来分期",
        "lender": "来分期",
        "deadline": "今日18点前",
        "home_visit": "外访人员",
        "phone": "95188",
    }


def test_every_sign_is_explained_by_a_sentence_of_the_corpus() -> None:
    for sign in read(SMS).signs:
        assert sign.document.text[sign.sentence.start : sign.sentence.end] == sign.sentence.text
        assert sign.sentence in CORPUS.passages[sign.passage.id].sentences


def test_number_of_a_case_is_read_whole() -> None:
    assert words(read("【12368】(2024)粤0304执12345号，被执行人李某：本院已立案执行，请履行"))["court_case"] == (
        "(2024)粤0304执12345号"
    )


def test_threat_to_expose_for_money_is_a_sign() -> None:
    message = read("不还钱的话通讯录先发十个，视频你也看到了，自己想清楚，今天下午三点到期，支付宝转我")
    assert {"extortion", "photo"} <= words(message).keys()


def test_record_that_is_only_mentioned_is_read_but_not_looked_up() -> None:
    calm = read("【某某消费】您已逾期3天，为避免影响您的征信，请尽快登录App还款")
    threat = read("【某某消费】您已逾期3天，今天不还马上报征信，请尽快还款")
    assert [sign.ask is None for m in (calm, threat) for sign in m.signs if sign.code == "credit_record"] == [
        True,
        False,
    ]


def test_named_lender_is_asked_by_its_own_channel() -> None:
    sign = next(s for s in read("【微粒贷】您已逾期，请尽快还款，否则将起诉，回T退订").signs if s.code == "lender")
    assert (sign.document.id, sign.words.text) == ("weilidai", "微粒贷")
    assert "95384" in sign.sentence.text


def test_bank_without_a_name_is_not_given_the_number_of_another() -> None:
    message = read("【法务函】李某：您拖欠某银行信用卡一案，限3日内结清欠款48620元，否则向人民法院起诉，回T退订")
    sign = next(sign for sign in message.signs if sign.code == "lender")
    assert sign.document.id == "credit-card-banks"
    assert "背面的客服电话" in sign.sentence.text
    assert "银行的客服电话是" not in sign.sentence.text


def test_arbitration_is_not_read_as_a_court_case() -> None:
    message = read("【仲裁委】申请人某公司与黄某借款纠纷一案，案号（2026）某仲字第1209号，请于10日内提交答辩材料")
    assert "仲裁" in message.claims
    assert "立案" not in message.claims


@pytest.mark.parametrize(
    ("text", "code", "document"),
    [
        (
            "【催收通知】陈女士您好，您的朋友刘强借款失联，留您为紧急联系人，请转告其今日处理",
            "named_contact",
            "emergency-contact",
        ),
        (
            "王大姐，你儿子借的钱三个月没还了，你先帮他还两千我就不报案，不还明天警察就去抓他",
            "family_repay",
            "parents-repay",
        ),
        (
            "我是银监会备案的债务处理中心，你名下三笔网贷可以停息挂账，先交服务费全程代理，加我微信",
            "agent",
            "agent-scam",
        ),
    ],
)
def test_message_is_looked_up_for_whom_it_was_sent_to(text: str, code: str, document: str, snapshot: Snapshot) -> None:
    assert code in words(read(text))
    hits = answer(text, snapshot).draft.hits
    assert document in [hit.document.id for hit in hits[:2]]


def test_wrong_card_number_and_a_deposit_is_a_fee_before_a_loan_not_a_threat_to_freeze() -> None:
    message = read("【速贷】您的贷款账户因银行卡号填错无法到账，需缴纳30%作为解冻保证金，到账后一并退还，回T退订")
    assert "fee_first" in words(message)
    assert "freeze" not in words(message)


@pytest.mark.parametrize("account", ["建设银行6217000012345678903", "开户行：建设银行，账号6217****8903"])
def test_bank_of_an_account_to_pay_into_is_not_the_lender(account: str) -> None:
    message = read(f"您的微粒贷已严重逾期，今天减免60%，逾期作废，付款请转：收款人：张伟 {account}")
    assert [sign.document.id for sign in message.signs if sign.code == "lender"] == ["weilidai"]
    assert "private_account" in words(message)


def test_bank_is_asked_by_its_own_number() -> None:
    message = read("工商银行信用卡中心：您的信用卡已逾期，我行将依法起诉，请致电95588。")
    sign = next(s for s in message.signs if s.code == "lender")
    assert sign.sentence.text == "工商银行的客服电话是95588。"


def test_nobody_named_is_a_sign_too() -> None:
    message = read("您的案件已移交我司外访部门，今日18点前未处理将安排上门")
    assert message.sender is None
    assert words(message)["no_sender"] == "我司"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("【拍拍贷】您的借款已逾期，请尽快处理，切勿向个人账户转账", "private_account"),
        ("【还呗】近期有人冒充客服，请勿共享屏幕、勿泄露验证码，如有疑问请致电客服", "screen_share"),
        ("【还呗】近期有人冒充客服，请勿共享屏幕、勿泄露验证码，如有疑问请致电客服", "verification_code"),
        ("客服回复：女士您好，您的诉求已记录，我司暂无减免政策，请尽快还款", "discount"),
    ],
)
def test_warning_against_something_is_no_sign_of_it(text: str, code: str) -> None:
    assert code not in words(read(text))


def test_mobile_number_stays_masked() -> None:
    message = read("【某某催收】您已逾期，请立即回电13800138000处理")
    assert [span.text for span in message.phones] == ["【手机号】"]
    assert message.sender == "某某催收"


def test_traditional_and_full_width_text_keeps_its_own_words() -> None:
    message = read("【催收】您欠款５０００元，今日１８點前不還將安排人員上門，律師函已寄出")
    assert [span.text for span in message.amounts] == ["５０００元"]
    assert [span.text for span in message.deadlines] == ["今日１８點前"]
    assert set(message.claims) == {"上门", "律师函"}


def test_plain_question_is_not_read() -> None:
    assert READER.read("来分期发短信说要上门怎么应对") is None


def test_corpus_without_signs_still_reads_the_facts() -> None:
    message = MessageReader(Corpus(CORPUS.documents, CORPUS.topics), {}).read(SMS)
    assert message is not None
    assert (message.sender, message.signs) == ("来分期", ())


PIECES = st.sampled_from(
    [
        *(
            "【来分期】",
            "您",
            "你",
            "我司",
            "“",
            "”",
            "：",
            "对方：",
            "，",
            "。",
            "？",
            "\n",
            "退订回T",
            "怎么办",
            "上门",
            "律师函",
        ),
        *("今日18点前", "2小时内", "請於今日還款", "3,860.52元", "￥", "两万三", "t.cn/A6", "【手机号】", "95188"),
        *("K", "İ", "ﬁ", "㍿", "𠮷"),  # what changes its length when it is normalised
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=40).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_words_always_stand_where_they_are_said_to(text: str) -> None:
    question = masked(text)
    message = READER.read(question)
    if message is None:
        return
    spans = [*message.amounts, *message.deadlines, *message.phones, *message.links, *(s.words for s in message.signs)]
    for span in spans:
        assert span.text
        assert question[span.start : span.end] == span.text
    assert message.sender is None or message.sender in question
    assert len({sign.code for sign in message.signs if sign.code != "lender"}) == sum(
        sign.code != "lender" for sign in message.signs
    )


def test_reading_takes_little_time() -> None:
    READER.read(SMS)
    began = time.process_time()
    for _ in range(50):
        READER.read(SMS)
    assert (time.process_time() - began) / 50 < 0.002  # seconds


def test_longest_question_is_read_in_reasonable_time() -> None:
    began = time.process_time()
    READER.read(("【" * 3 + SMS + "1" * 30 + "转" * 20) * 20)
    READER.read("一" * 2_000)
    READER.read("a." * 1_000)
    READER.read("转到" * 1_000)
    READER.read("“您" * 1_000)
    assert time.process_time() - began < 0.5
