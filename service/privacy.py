"""Find personal data in what people type, and put marks in its place."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import luhn
from stdnum.cn import ric

LONG_NUMBER = re.compile(r"(?<![\dA-Za-z])\d(?:[ -]?\d){10,18}[\dXx]?(?![\dA-Za-z])")
MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
MARKS = {
    "id": "【身份证号】",
    "card": "【银行卡号】",
    "phone": "【手机号】",
    "email": "【邮箱】",
    "number": "【号码】",
}


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A piece of a text that tells who somebody is."""

    kind: str
    start: int
    end: int


def find(text: str) -> Iterator[PersonalData]:
    """Yield identity, card and telephone numbers and addresses of e-mail, in order.

    Service numbers (12378, 95188, 400…, 106…) are no personal data and stay.
    """
    found = [PersonalData("email", *m.span()) for m in EMAIL.finditer(text)]
    found += [PersonalData(kind, *m.span()) for m in LONG_NUMBER.finditer(text) if (kind := _kind(m[0]))]
    yield from sorted(found, key=lambda piece: piece.start)


def _kind(written: str) -> str | None:
    number = re.sub(r"[ -]", "", unicodedata.normalize("NFKC", written)).upper()
    if len(number) == 18 and ric.is_valid(number):
        return "id"
    if MOBILE.fullmatch(number):
        return "phone"
    if number.startswith(("106", "400", "95", "123", "96")):
        return None
    if 16 <= len(number) <= 19 and number.isdigit():
        return "card" if luhn.is_valid(number) else "number"
    return "number" if len(number) >= 15 else None


def masked(text: str) -> str:
    """Replace personal data by what it was: 13800138000 becomes 【手机号】."""
    pieces: list[str] = []
    at = 0
    for found in find(text):
        if found.start >= at:
            pieces += [text[at : found.start], MARKS[found.kind]]
            at = found.end
    return "".join([*pieces, text[at:]])
