"""What is answered, and that it stands in the corpus."""

import pytest

from wenju.index.snapshot import Snapshot
from wenju.service.answer.draft import Draft, Status
from wenju.service.answer.steps import run
from wenju.service.answering import answer
from wenju.service.contract import AnswerOut

SEEDS = {
    "消费分期短信里说的上门催收是真的吗": "visit-installment-sms",
    "来分期发短信说要上门怎么应对": "visit-laifenqi",
    "微粒贷逾期真的会上门收债吗": "visit-weilidai",
    "借呗说要上门通知是真的吗": "visit-jiebei",
    "金融借贷发短信上门催收如何应对": "visit-sms-response",
}
OUTSIDE = ["今天中午吃什么好", "How do I fix a flat tire", "量子力学是什么", "……", "帮我写个小说开头"]


def ask(question: str, snapshot: Snapshot) -> AnswerOut:
    return answer(question, snapshot).out


@pytest.mark.parametrize(("question", "document"), SEEDS.items())
def test_seed_question_is_answered_from_its_article(question: str, document: str, snapshot: Snapshot) -> None:
    out = ask(question, snapshot)
    assert out.status == "answered"
    assert [slot.slot for slot in out.slots] == [
        "verdict",
        "do",
        "dont",
        "rights",
        "evidence",
        "where",
        "law",
    ]
    assert out.citations[0].document_id == document
    assert out.confidence > 0.9


@pytest.mark.parametrize(
    "question", [*SEEDS, "催收晚上几点以后不能打电话", "12378是24小时吗", "治安管理处罚法第四十七条"]
)
def test_every_sentence_stands_in_the_document_it_cites(question: str, snapshot: Snapshot) -> None:
    out = ask(question, snapshot)
    cited = {c.number: snapshot.corpus.documents[c.document_id] for c in out.citations}
    sentences = [sentence for slot in out.slots for sentence in slot.sentences]
    assert sentences
    for sentence in sentences:
        assert cited[sentence.citation].text[sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize("question", SEEDS)
def test_answer_is_short_and_repeats_nothing(question: str, snapshot: Snapshot) -> None:
    texts = [sentence.text for slot in ask(question, snapshot).slots for sentence in slot.sentences]
    assert len(texts) == len(set(texts)) <= 20


@pytest.mark.parametrize("question", OUTSIDE)
def test_what_the_corpus_does_not_hold_is_not_answered(question: str, snapshot: Snapshot) -> None:
    out = ask(question, snapshot)
    assert out.status in ("no_match", "out_of_scope", "weak_match")
    assert out.slots == []
    assert out.next_step
    assert all(near.score < snapshot.manifest.thresholds.answered for near in out.closest)


@pytest.mark.parametrize(
    ("question", "code", "phone"),
    [
        ("催收扬言要打断我的腿", "danger", "110"),
        ("被催收逼得想跳楼", "self_harm", "12356"),
        ("我刚把钱转给骗子了", "scam", "110"),
    ],
)
def test_what_cannot_wait_comes_first_with_a_number(question: str, code: str, phone: str, snapshot: Snapshot) -> None:
    alert = ask(question, snapshot).alerts[0]
    assert alert.code == code
    assert phone in [contact.phone for contact in alert.contacts]


def test_who_asks_of_the_debts_of_the_dead_is_not_taken_for_suicidal(snapshot: Snapshot) -> None:
    assert ask("我哥去世了，他的网贷谁来还", snapshot).alerts == []
    assert [a.code for a in ask("我哥去世了，欠的债都找我，我不想活了", snapshot).alerts] == ["self_harm"]


def test_friend_of_who_wants_to_die_is_spoken_to(snapshot: Snapshot) -> None:
    own, friends = (ask(q, snapshot) for q in ("欠了网贷我不想活了", "我弟欠了网贷，说不想活了，不接电话"))
    assert [a.code for a in (*own.alerts, *friends.alerts)] == ["self_harm", "self_harm"]
    documents = [
        next(c for c in out.citations if c.number == out.alerts[0].citation).document_id for out in (own, friends)
    ]
    assert documents == ["suicidal", "friend-suicidal"]


def first_document(out: AnswerOut) -> str:
    numbers = {citation.number: citation.document_id for citation in out.citations}
    return numbers[out.slots[0].sentences[0].citation]


def test_who_fears_for_another_is_told_what_to_do_for_the_other(snapshot: Snapshot) -> None:
    out = ask("同事欠了好多网贷 刚才发朋友圈像遗书", snapshot)
    assert [alert.code for alert in out.alerts] == ["self_harm"]
    assert first_document(out) == "friend-suicidal"


@pytest.mark.parametrize(
    ("question", "document"),
    [("我没有开通花呗，为什么有欠款", "identity-stolen"), ("一直按时还怎么会逾期", "not-overdue-dunned")],
)
def test_who_denies_owing_is_not_told_to_pay(question: str, document: str, snapshot: Snapshot) -> None:
    assert first_document(ask(question, snapshot)) == document


def test_long_story_is_answered_where_one_of_its_clauses_surely_is(snapshot: Snapshot) -> None:
    story = (
        "我在广州开了一个小店卖早餐，去年生意还行，今年隔壁修路没有人来，房租还要交，水电也贵。"
        "法院发来传票说银行起诉我，我不去开庭会怎么样"
    )
    out = ask(story, snapshot)
    assert out.status == "answered"
    assert first_document(out) == "court-absence"
    whole = snapshot.finder.search(snapshot.finder.read(story), 1)[0]
    assert whole.score < snapshot.manifest.thresholds.answered  # or this test shows nothing


@pytest.mark.parametrize("question", ["贷", "你好", "谢谢", "？"])
def test_what_asks_for_nothing_is_not_answered(question: str, snapshot: Snapshot) -> None:
    out = ask(question, snapshot)
    assert out.status in ("no_match", "out_of_scope")
    assert out.alerts == []


def test_numbered_steps_keep_their_order(snapshot: Snapshot) -> None:
    steps = next(slot for slot in ask("来分期发短信说要上门怎么应对", snapshot).slots if slot.slot == "do")
    assert [s.start for s in steps.sentences] == sorted(s.start for s in steps.sentences)


def test_personal_data_never_comes_back(snapshot: Snapshot) -> None:
    out = ask("我是13800138000，催收要上门怎么办", snapshot)
    assert "13800138000" not in out.model_dump_json()
    assert out.question == "我是【手机号】，催收要上门怎么办"


def test_first_step_to_set_a_status_ends_the_run() -> None:
    def stop(draft: Draft) -> Draft:
        return Draft(draft.asked, status=Status.NO_MATCH)

    def never(draft: Draft) -> Draft:
        raise AssertionError(draft)

    assert run(Draft("问题"), [stop, never]).status is Status.NO_MATCH
