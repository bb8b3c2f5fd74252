"""Who asks, and of whom."""

import pytest

from wenju.index.asker import asks_for_another, is_another


@pytest.mark.parametrize("text", ["我老公欠了网贷", "同事填我做紧急联系人", "我是他姐姐", "打错了吧,我不认识他"])
def test_somebody_elses_debt_is_seen(text: str) -> None:
    assert asks_for_another(text)


@pytest.mark.parametrize("text", ["我欠了网贷怕老公知道", "信用卡逾期了", "催收打给我妈"])
def test_ones_own_debt_is_not_taken_for_anothers(text: str) -> None:
    assert not asks_for_another(text)


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("弟弟欠了网贷说不想活了", "不想活"),
        ("我老婆站在窗台上哭", "窗台"),
        ("同事蹲在楼顶不下来", "楼顶"),
        ("我妈说她不如死了", "不如死"),
    ],
)
def test_who_is_told_of_is_another(text: str, deed: str) -> None:
    assert is_another(text, text.index(deed) + len(deed))


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("老公骂我,我不想活了", "不想活"),
        ("老公欠债逼得我想死", "想死"),
        ("想带着爸妈一块喝农药", "喝农药"),
        ("我妈刚打过电话。不想活了", "不想活"),
        ("不想活了,对不起孩子", "不想活"),
        ("催收给我老公打电话,不想活了", "不想活"),
        ("他们给我妈发短信说我骗钱 不想活了", "不想活"),
        ("老婆天天骂不想活了", "不想活"),
        ("被老公打得不想活了", "不想活"),
        ("我老公写了欠条,不想活了", "不想活"),
    ],
)
def test_who_speaks_of_himself_is_no_other(text: str, deed: str) -> None:
    assert not is_another(text, text.index(deed) + len(deed))
