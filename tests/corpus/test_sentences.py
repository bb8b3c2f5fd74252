import pytest

from wenju.corpus.sentences import is_complete, spans


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("先核实。再付款！行吗？", ["先核实。", "再付款！", "行吗？"]),
        (
            "对方说“今天就来。不还就上门。”你可以不开门。",
            ["对方说“今天就来。不还就上门。”", "你可以不开门。"],
        ),
        ("依据（见第五条。）是明确的。", ["依据（见第五条。）是明确的。"]),
        ("先问“是谁？”再说。", ["先问“是谁？”再说。"]),
        ("他说“‘完了。’”你别信。", ["他说“‘完了。’”你别信。"]),
        ("年利率24%。2.5折是骗局。", ["年利率24%。", "2.5折是骗局。"]),
        ("什么？！真的。", ["什么？！", "真的。"]),
        (" 前后有空格。 第二句。 ", ["前后有空格。", "第二句。"]),
        ("没有结尾", ["没有结尾"]),
        ("", []),
    ],
)
def test_sentence_ends_at_its_mark_outside_quotes_and_brackets(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text)] == sentences


@pytest.mark.parametrize(("text", "complete"), [("完了。", True), ("他说“完了。”", True), ("下列情形：", False)])
def test_sentence_is_complete_when_it_ends_as_one(text: str, complete: bool) -> None:
    assert is_complete(text) is complete
