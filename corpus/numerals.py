"""Numbers as Chinese legal texts write them, brought to one form so that they can be compared."""

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
BIG = {"万": 10_000, "亿": 100_000_000}
_CN = "零〇一二两三四五六七八九十百千万亿"

# What is counted. Words for the same thing come to one name.
_ALONE = "岁 工作日 日 月 年 元 倍 次 人 个 条 款 项 份 期 级 点 张 类 %"
COUNTED: dict[str, str] = {word: word for word in _ALONE.split()} | {
    "周岁": "岁", "个工作日": "工作日", "个自然日": "日", "天": "日", "个月": "月", "月": "月份", "小时": "时",
    "分钟": "分", "万元": "元", "亿元": "元", "名": "人", "％": "%",
}  # fmt: skip
_UNIT = "|".join(sorted(COUNTED, key=len, reverse=True))
_ARABIC = r"\d[\d,，]*(?:\.\d+)?"
NUMBER = re.compile(
    rf"百分之(?P<percent>[{_CN}]+|{_ARABIC})"
    rf"|(?P<below>[{_CN}]+|\d+)分之(?P<above>[{_CN}]+|\d+)"
    rf"|第[（(]?(?:[{_CN}]+|\d+)[)）]?(?P<ordinal>条|款|项|章|节|编|类|次|期|季度|顺序)(?:之[{_CN}]+)?"
    rf"|(?P<number>{_ARABIC}|[{_CN}]+)\s*(?P<big>[万亿])?(?P<unit>{_UNIT})?"
)
_RANGE_END = re.compile(rf"[至到～~-](?:{_ARABIC}|[{_CN}]+)(?P<unit>{_UNIT})")
# Chinese digits that count nothing: 一方, 一般, 之一, 万一, 千万 …
_IDLE = re.compile(r"^[一万千百亿十]+$")


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A number with what it counts ("日", "元", "%"); `unit` is "" when the text names none."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.value.normalize():f}{self.unit}"


def chinese_number(text: str) -> int | None:
    """Give the value of a Chinese numeral such as 二十二, 一千零五十, 十万; None when it is none."""
    if not text or any(c not in _CN for c in text):
        return None
    if all(c in DIGITS for c in text):  # 二〇二六
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in UNITS:
            section += (digit or 1) * UNITS[char]
            digit = 0
        elif char == "万":
            total += (section + digit or 1) * BIG[char]
            section = digit = 0
        else:
            total = (total + section + digit or 1) * BIG[char]
            section = digit = 0
    return total + section + digit


def value_of(text: str) -> Decimal | None:
    """Give the value of an Arabic or Chinese numeral."""
    if text[:1].isdigit():
        return Decimal(text.replace(",", "").replace("，", ""))
    number = chinese_number(text)
    return None if number is None else Decimal(number)


def quantities(text: str) -> set[Quantity]:
    """Find every number that counts something; ordinals (第五条) and idle digits (一般, 之一) are none."""
    found: set[Quantity] = set()
    for match in NUMBER.finditer(text):
        if match["ordinal"]:
            continue
        if match["percent"]:
            value, unit = value_of(match["percent"]), "%"
        elif match["below"]:
            below, above = value_of(match["below"]), value_of(match["above"])
            value, unit = (above / below if above is not None and below else None), "分之"
        else:
            # 一至三年: the unit of a range stands behind its end.
            behind = None if match["unit"] else _RANGE_END.match(text, match.end())
            value, unit = (
                value_of(match["number"]),
                COUNTED.get(match["unit"] or (behind["unit"] if behind else ""), ""),
            )
            if match["big"] and value is not None:
                value *= BIG[match["big"]]
            if match["unit"] in ("万元", "亿元") and value is not None:
                value *= BIG[match["unit"][0]]
            if not match["number"][0].isdigit() and _is_idle(match["number"], unit):
                continue
        if value is not None:
            found.add(Quantity(value, unit))
    return found


def _is_idle(numeral: str, unit: str) -> bool:
    if unit in ("个", "类"):
        return numeral == "一"
    return not unit and (bool(_IDLE.match(numeral)) or len(numeral) == 1)
