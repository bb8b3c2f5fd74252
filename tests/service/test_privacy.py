import pytest

from wenju.service.privacy import masked


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("我手机13800138000被打爆", "我手机【手机号】被打爆"),
        ("号码 +86 138-0013-8000", "号码 +【手机号】"),
        ("身份证11010519491231002X在他手里", "身份证【身份证号】在他手里"),
        ("卡号 6222 0200 0000 0000 008", "卡号 【号码】"),
        ("卡号4111111111111111", "卡号【银行卡号】"),
        ("邮箱 a.b@example.com 收到的", "邮箱 【邮箱】 收到的"),
        ("两个号13800138000和13900139000", "两个号【手机号】和【手机号】"),
    ],
)
def test_personal_data_is_masked(typed: str, shown: str) -> None:
    assert masked(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "打12378投诉",
        "95188客服",
        "400-810-8866",
        "106980095566发来的短信",
        "欠了20000元",
        "2026-11-21 10:30",
        "没有号码",
    ],
)
def test_service_numbers_amounts_and_dates_stay(typed: str) -> None:
    assert masked(typed) == typed
