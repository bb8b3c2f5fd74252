"""Amounts, deadlines, links, telephone numbers and the sender, as a message writes them.

Everything takes simplified, half-width text (`index.lexical.aligned`) and gives places: (start, end), in order.
The words themselves are what is wanted, not a number or a date; docs/adr/0015 says why no date parser is used.
"""

import re
from collections.abc import Iterable

import phonenumbers

from wenju.service.message.recognise import SIGNATURE

Place = tuple[int, int]

_NUMBER = r"(?<![\d.,-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ONE_TO_TEN = "一二两三四五六七八九十"
_IN_WORDS = rf"[{_ONE_TO_TEN}][{_ONE_TO_TEN}零百千万]*"
_OTHER_UNIT = r"(?!\s?(?:[年月日号天期次点时分秒个%\d条通岁楼折笔单名倍人:/.-]|小时|,\d))"
AMOUNT = re.compile(
    rf"[¥$]\s?{_NUMBER}[千万]?元?"
    rf"|(?:{_NUMBER}|{_IN_WORDS})\s?[百千万亿]?[多余]?\s?(?:元(?!旦)|块(?!地))"
    rf"|{_NUMBER}\s?[千万w](?![a-z分一]){_OTHER_UNIT}"
    r"|(?<![\d.])\d{1,3}[千万]\d(?![\d.%个名人次条家年天日期笔份种户里元块万千百])"
    rf"|[{_ONE_TO_TEN}]{{1,2}}[百千万](?!分)[{_ONE_TO_TEN}零百千]*(?![个名人次条家年天日期笔通份种户里万]|以[上下])"
)
# A number without a unit is an amount where the words before it speak of money.
BARE_AMOUNT = re.compile(
    r"(?:[交付还收缴欠借费垫掏]|[定押罚]金|保证金|转账|金额|本金|利息|合计|罚息|应还|账单|尾款)(?:[:为约了共款清满额计]|人民币)?\s?"
    rf"(?=\d{{3}}|\d+[.,]\d)({_NUMBER}){_OTHER_UNIT}(?!\s?[元块万千百多余¥])"
)

_DATE = (
    r"(?:20\d\d\s?[年/.-]\s?)?(?<!\d)\d{1,2}\s?月\s?\d{1,2}\s?[日号]|20\d\d[-/.]\d{1,2}[-/.]\d{1,2}|"
    r"(?:[本下这]个?)?(?:周|星期|礼拜)[一二三四五六日天末]|[本下这]?个?月[底末]|今(?!日头条)[天日晚早夜晨]|当[天日晚]|明[天日晚早晨]|后天"
)
_PART = r"上午|下午|中午|晚上|早上|凌晨|傍晚|夜里|晚间?|早"
_CLOCK = (
    rf"\d{{1,2}}:\d\d|(?:\d{{1,2}}|[{_ONE_TO_TEN}]{{1,3}})[点时](?:\d{{1,2}}分?|[{_ONE_TO_TEN}]{{1,3}}分|半|整|钟)?"
)
_BY = r"之前|以前|前|截止|为止|之内|以内|内"
_COUNT = rf"(?:\d+|[半几{_ONE_TO_TEN}]+)\s?个?"
DEADLINE = re.compile(
    rf"(?P<day>{_DATE})(?:\((?:周|星期).\))?\s?(?P<exact>(?:{_PART})?\s?(?:{_CLOCK})?\s?(?:{_BY})?|(?:{_PART}))"
    rf"|(?:{_PART})?(?:{_CLOCK})\s?(?:{_BY})"
    rf"|(?:{_PART})(?=就|会|派|要去|来你)"
    rf"|(?<=限你){_COUNT}(?:小时|分钟|钟头|天|日)"
    r"|(?<![\d月年])\d{1,2}[日号](?=自动|还款|扣款|到期|之?前)"
    rf"|{_COUNT}(?:小时|分钟|钟头|工作日|天|日|周|星期|月)(?:之内|以内|内|之后|以后|后)"
)
# What a day is when nothing is due on it: a past day, a status, a promise of the sender.
_PAST_BEFORE = re.compile(r"(?:截至|自|从|已于|曾于|逾期|借款日|日期:?)\s?$")
_PAST_AFTER = re.compile(
    r"\s?(?:已|打了|第.{1,3}[个通次]|又|刚|收到|发来|就没|消除|出结果|到账|答复|反馈|放款|修复|下款)"
)

_URL_CHARACTER = r"[A-Za-z0-9\-._~:/?#@!$&*+;=%]"
_TOP = (
    "com|cn|net|org|cc|top|vip|xyz|club|shop|site|online|info|ink|link|me|co|io|app|wang|win|fun|tech|ltd|icu|work|live"
)
LINK = re.compile(
    rf"https?://{_URL_CHARACTER}+"
    rf"|(?<![A-Za-z0-9@.])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:(?:{_TOP})(?![a-z0-9.-])|[a-z]{{2,8}}(?=/))(?:[/?]{_URL_CHARACTER}*)?",
    re.IGNORECASE,
)
_LINK_TAIL = ".,:;!?"

# Numbers that phonenumbers leaves out: service numbers, message channels, starred mobiles, and our own mark.
SERVICE_NUMBER = re.compile(
    r"(?<![\da-z.¥$/初执第字-])(?:95\d{3,6}(?:-\d{1,2})?|100(?:00|10|86)|1(?:10|20)(?=报警|急救)|12[13]\d{2,3}|96\d{3,4}|106\d{5,17})(?![\d.]|\s?[元块万千%年月号])"
    r"|(?<!\d)1[3-9]\d[\d*]{0,4}\*{2,}\d{0,4}(?!\d)"
    r"|【手机号】"
)

_ACCOUNT = re.compile(r"(?:qq|扣扣|微信|vx|wx)[号:\s]*$", re.IGNORECASE)

_ORGANISATION = (
    r"公司|银行|金融|消金|客服|法院|律师|律所|事务所|中心|机构|平台|执行局|公安|派出所|分局|支队|小贷|贷款|普惠|集团|"
    r"网贷|委员会|部门|支付宝|微信|风控部|贷后"
)
_SIGNED = re.compile(r"(?:——|--|—)\s*([^\s,。!?—-][^。!?—\n]{1,24}?)[。!]?\s*$")
_INTRODUCED = re.compile(
    rf"(?:我是|这里是|这边是|我这边是|我们是)([^,。!?;:]{{0,16}}?(?:{_ORGANISATION})[^,。!?;:的]{{0,4}})(?=[,。!?;:的]|$)"
)
_LED = re.compile(rf"^([^,。:?!【“\"]{{0,14}}(?:{_ORGANISATION}))(?:短信|微信|通知|消息|来电|电话|回复|发来的?)?:")
_NOT_WHO = re.compile(r"^(?:(?:对方|催收|他|她|收到|我).*|(?:短信|微信|平台|客服|银行|律师|部门){1,2})$")


def amounts(text: str) -> list[Place]:
    """Sums of money."""
    places = [found.span() for found in AMOUNT.finditer(text)]
    return _apart([*places, *(found.span(1) for found in BARE_AMOUNT.finditer(text))])


def deadlines(text: str) -> list[Place]:
    """Days and hours that lie ahead: by which something is wanted, or at which something is announced."""
    return [
        found.span()
        for found in DEADLINE.finditer(text)
        if not _PAST_BEFORE.search(text[max(0, found.start() - 6) : found.start()])
        and not _PAST_AFTER.match(text, found.end())
    ]


def links(text: str) -> list[Place]:
    """Addresses on the web."""
    return [(found.start(), found.start() + len(found[0].rstrip(_LINK_TAIL))) for found in LINK.finditer(text)]


def phones(text: str) -> list[Place]:
    """Telephone numbers. Mobile numbers stand masked in the text, and so they stay."""
    matcher = phonenumbers.PhoneNumberMatcher(text, "CN", leniency=phonenumbers.Leniency.VALID)
    places = [(match.start, match.end) for match in matcher if not _ACCOUNT.search(text[: match.start])]
    return _apart([*places, *(found.span() for found in SERVICE_NUMBER.finditer(text))])


def signature(text: str) -> Place | None:
    """What stands between 【 and 】: the words a sender put there, whoever that is."""
    found = SIGNATURE.search(text)
    return found.span(1) if found else None


def sender(text: str) -> Place | None:
    """For whom the message says it speaks: by its signature, by its last line, or by its own words."""
    if marked := signature(text):
        return marked
    for pattern in (_SIGNED, _LED, _INTRODUCED):
        found = pattern.search(text)
        if found and not _NOT_WHO.match(found[1]):
            return found.span(1)
    return None


def _apart(places: Iterable[Place]) -> list[Place]:
    """Keep the first and longest of places that overlap."""
    kept: list[Place] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
