import datetime as dt
from typing import Any

import pytest

from wenju.index.snapshot import Snapshot
from wenju.service.answering import answer
from wenju.service.views import Segment, answer_view, day, letter, marked

QUESTION = "来分期发短信说要上门怎么应对"
MESSAGE = "【来分期】您的案件已移交外访部门，今日18点前未处理，将安排工作人员上门走访。"


@pytest.mark.parametrize(
    ("spans", "segments"),
    [
        ([], [("一二三四", ())]),
        ([(1, 3)], [("一", ()), ("二三", (1,), (1,)), ("四", ())]),
        ([(0, 4)], [("一二三四", (1,), (1,))]),
        ([(0, 3), (2, 4)], [("一二", (1,)), ("三", (1, 2), (1,)), ("四", (2,), (2,))]),
        ([(2, 99)], [("一二", ()), ("三四", (1,), (1,))]),
    ],
)
def test_text_is_cut_where_signs_begin_and_end(spans: list[tuple[int, int]], segments: list[tuple[Any, ...]]) -> None:
    assert list(marked("一二三四", spans)) == [Segment(*segment) for segment in segments]


def test_cited_sentence_is_found_in_its_passage(snapshot: Snapshot) -> None:
    view = answer_view(answer(QUESTION, snapshot).out, snapshot.corpus)
    first = view.out.slots[0].sentences[0]
    quotation = view.quotation(first.citation, first.text)
    assert [text for text, cited in quotation.sentences if cited] == [first.text]
    assert len(quotation.sentences) == 3
    assert quotation.span == (first.start, first.end)


def test_sentence_that_a_new_index_no_longer_holds_stands_alone(snapshot: Snapshot) -> None:
    view = answer_view(answer(QUESTION, snapshot).out, snapshot.corpus)
    quotation = view.quotation(1, "已经不在的一句。")
    assert (quotation.sentences, quotation.span) == ((("已经不在的一句。", True),), None)


def test_citations_of_one_document_stand_together(snapshot: Snapshot) -> None:
    view = answer_view(answer(QUESTION, snapshot).out, snapshot.corpus)
    assert [len({c.document_id for c in cited}) for cited in view.sources] == [1] * len(view.sources)
    assert sum(map(len, view.sources)) == len(view.out.citations)


@pytest.mark.parametrize(
    ("question", "shareable"),
    [(QUESTION, True), ("长" * 81, False), ("第一行\n第二行", False), ("打我手机13800138000", False)],
)
def test_only_a_short_question_without_traces_of_a_person_may_stand_in_a_link(
    snapshot: Snapshot, question: str, shareable: bool
) -> None:
    assert answer_view(answer(question, snapshot).out, snapshot.corpus).shareable is shareable


def test_sign_whose_sentence_stands_above_points_there_and_the_answer_takes_the_first_numbers(
    snapshot: Snapshot,
) -> None:
    view = answer_view(answer(MESSAGE, snapshot).out, snapshot.corpus)
    assert [slot.slot for slot in view.lead] == ["verdict", "do"]
    above = {s.text for slot in view.lead for s in slot.sentences}
    assert [sign.above is not None for sign in view.signs] == [sign.out.text in above for sign in view.signs]
    assert (
        {sign.above[1].text for sign in view.signs if sign.above} == above & {s.out.text for s in view.signs} != set()
    )
    assert view.out.slots[0].sentences[0].citation == 1
    assert view.folded


@pytest.mark.parametrize(("number", "named"), [(1, "A"), (26, "Z"), (27, "AA"), (53, "BA")])
def test_signs_are_lettered_as_a_list_letters_them(number: int, named: str) -> None:
    assert letter(number) == named


def test_day_is_written_as_people_read_it() -> None:
    assert day(dt.date(2026, 1, 2)) == "2026年1月2日"
