import pytest

from wenju.index.snapshot import Snapshot
from wenju.service.phones import Phones, call_of


@pytest.mark.parametrize(
    ("written", "number", "tel", "note"),
    [
        ("110", "110", "110", ""),
        ("95118（京东一般客服）", "95118", "95118", "京东一般客服"),
        ("400-810-8866", "400-810-8866", "4008108866", ""),
        ("010-12321", "010-12321", "01012321", ""),
    ],
)
def test_field_with_words_in_it_gives_the_number(written: str, number: str, tel: str, note: str) -> None:
    call = call_of(written)
    assert call
    assert (call.number, call.tel, call.note) == (number, tel, note)


@pytest.mark.parametrize("written", [None, "", "没有查到", "微信公众号"])
def test_field_without_a_number_gives_none(written: str | None) -> None:
    assert call_of(written) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("打110，也可以打12348。", ["110", "12348"]),
        ("咨询电话是010-12321。", ["01012321"]),
        ("打京东一般客服95118或者950618。", ["95118", "950618"]),
        ("不方便出声时发短信到12110，发到12110755。", []),
        ("12381只发短信。", []),
        ("依据第110条。", []),
        ("本金12345元。", []),
        ("网站www.12377.cn，邮箱jubao@12377.cn。", []),
        ("手机13800110110。", []),
        ("举报电话是12377。", ["12377"]),
    ],
)
def test_only_numbers_meant_to_be_called_can_be_tapped(snapshot: Snapshot, text: str, numbers: list[str]) -> None:
    pieces = list(Phones(snapshot.corpus).split(text))
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.tel for piece in pieces if piece.tel] == numbers
