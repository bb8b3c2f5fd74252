import pytest

from wenju.corpus.numerals import chinese_number, quantities


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("二十二", 22),
        ("一百零五", 105),
        ("一千", 1000),
        ("十万", 100_000),
        ("二〇二六", 2026),
        ("一亿二千万", 120_000_000),
    ],
)
def test_chinese_numeral_has_its_value(numeral: str, value: int) -> None:
    assert chinese_number(numeral) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("处十日以上十五日以下拘留", {"10日", "15日"}),
        ("1000元以上2000元以下罚款", {"1000元", "2000元"}),
        ("一千元以上二千元以下罚款", {"1000元", "2000元"}),
        ("总计超过年利率百分之二十四", {"24%"}),
        ("年利率24%", {"24%"}),
        ("本金5万元以上", {"50000元"}),
        ("不满14周岁", {"14岁"}),
        ("第五十条第二款", set()),
        ("一般情况之一，万一如此", set()),
        ("三个月内还清", {"3月"}),
    ],
)
def test_numbers_come_out_with_what_they_count(text: str, found: set[str]) -> None:
    assert {str(quantity) for quantity in quantities(text)} == found
