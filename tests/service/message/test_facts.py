"""Amounts, deadlines, links, numbers and senders, as they stand in a message."""

from collections.abc import Callable

import pytest

from wenju.index.lexical import aligned
from wenju.service.message import facts


def found(read: Callable[[str], list[facts.Place]], text: str) -> list[str]:
    return [text[start:end] for start, end in read(aligned(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("欠款3,860.52元，请还款12600元，逾期", ["3,860.52元", "12600元"]),
        ("￥4860或者4.2万元", ["￥4860", "4.2万元"]),
        ("两万三只收一万五，先转五千", ["两万三", "一万五", "五千"]),
        ("交2980服务费，本金583.33，利息146.20", ["2980", "583.33", "146.20"]),
        ("他欠3万2失联了", ["3万2"]),
        ("分60期，逾期63天，打95017转3，2026年3月，五万以上判五年，千万别信，第3条", []),
    ],
)
def test_amounts(text: str, expected: list[str]) -> None:
    assert found(facts.amounts, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请于今日18点前处理", ["今日18点前"]),
        ("限2小时内回电，三日内还清", ["2小时内", "三日内"]),
        ("2026年12月1日前缴清，定于6月3日9时30分开庭", ["2026年12月1日前", "6月3日9时30分"]),
        ("明早9点公示，本周三下午走访，七日后拍卖", ["明早9点", "本周三下午", "七日后"]),
        ("已逾期3天，今天打了八个电话，3个工作日内消除，自2026年1月1日起施行，今日头条", []),
    ],
)
def test_deadlines(text: str, expected: list[str]) -> None:
    assert found(facts.deadlines, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("点击 http://t.cn/A6bKx9 办理", ["http://t.cn/A6bKx9"]),
        ("点击t.cn/A6bKx9登录", ["t.cn/A6bKx9"]),
        ("请点www.tuifei-vip.top/q填写。", ["www.tuifei-vip.top/q"]),
        ("登录ＨＴＴＰＳ：／／ab.cc，查看", ["ＨＴＴＰＳ：／／ab.cc"]),
        ("应还3.5元，M3.1阶段，a.b，邮箱 x@y.com", []),
    ],
)
def test_links(text: str, expected: list[str]) -> None:
    assert found(facts.links, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("致电95384或400-669-5599", ["95384", "400-669-5599"]),
        ("回电010-88776655，联系人【手机号】", ["010-88776655", "【手机号】"]),
        ("139****8888，打12378投诉", ["139****8888", "12378"]),
        ("1069012345678发来", ["1069012345678"]),
        ("案号(2026)粤0304民初12345号，欠95588元，QQ 2938475610，微信fy12368", []),
    ],
)
def test_phones(text: str, expected: list[str]) -> None:
    assert found(facts.phones, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【来分期】您已逾期", "来分期"),
        ("您已逾期，三日内不还将起诉。——某律师事务所 赵律师", "某律师事务所 赵律师"),
        ("你好，我是京东金融客服，请配合", "京东金融客服"),
        ("工商银行信用卡中心：您的欠款已逾期", "工商银行信用卡中心"),
        ("对方微信：你再不还钱", None),
        ("【手机号】让我还钱", None),
    ],
)
def test_sender(text: str, expected: str | None) -> None:
    place = facts.sender(aligned(text))
    assert (text[place[0] : place[1]] if place else None) == expected
