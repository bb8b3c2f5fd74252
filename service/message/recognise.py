"""Tell a message that was pasted from a question, and the message from what its reader asks about it.

A few traits of how collectors write and of how people ask are added up. The weights were set by hand on
`corpus/questions`; docs/adr/0015 has the figures.
"""

import re
from dataclasses import dataclass

ENOUGH = 3  # points from which a text is a message
LONGEST_TEXT_OF_MARK = 24  # characters between 【 and 】
SHORTEST = 12  # characters of a message
SENTENCE = re.compile(r"[^。!?;\n]*[。!?;\n]*[”\"」』]?")

MASKS = "身份证号|银行卡号|手机号|邮箱|号码"  # service/privacy.py puts these where personal data stood
SIGNATURE = re.compile(rf"【(?!(?:{MASKS})】)([^【】]{{2,{LONGEST_TEXT_OF_MARK}}})】")
LEAD = re.compile(
    r"(?:短信|微信|催收|对方|客服|提醒|信息|内容|原话|语音|回复|消息|通知|通告|警告|电话|工单|明细|通知书|私信|评论|留言|顾问|发来的?|发的|"
    r"发给[^,。:]{1,8}的?|原文|中心|律师|专员|业务员|收到)[^,。:?!]{0,6}:\s*(?=\S)|^收到[^,。:?!]{0,4}(?:短信|微信|信息|私信)[\s,]|"
    r"^(?:收到|(?:对方|催收|他)[^,。:?!]{0,4}发)[^,。:?!]{0,8}(?:短信|微信|语音|私信|原话|转文字)[^,。:?!\s]{0,4}\s+(?=\S)"
)
QUOTED = re.compile(rf"[“\"「『]([^”\"」』]{{{SHORTEST},}})[”\"」』]")
SPEAKERS = re.compile(r"(?:^|[。!?\n\s”])(?:对方|催收|他|我|客服)[:]")

# To be spoken to tells most: a collector writes to "you", who asks here writes of himself.
SPOKEN_TO = re.compile(
    r"(?<![^就]问)(?:您(?!好|们|这[边里]|能|可以|觉得)|"
    r"你(?!好|们|这|说|能|可以|帮|给我|觉得|看看|是(?:一个|谁|我))|你们(?:村|家|全家|小区|单位|店|厂))|阁下|贵(?:司|行|公司|方)"
)
SENDERS_WORDS = (
    SPOKEN_TO,
    re.compile(r"我(?:司|行|部|方|所|院)|本(?:所|院|公司|行|平台|机构)|我们(?:平台|公司|部门|中心|这儿)"),
    re.compile(
        r"(?:我是|这里是|这边是)[^,。]{0,14}(?:客服|部|工作人员|专员|警官|法官|书记员|律师|经理|中心|机构|公司|贷后)"
    ),
    re.compile(r"退订|拒收|回复?T?[TRND](?![a-z])|如已还款|请忽略|特此(?:告知|通知)|如有疑问|详询|敬请|尊敬的|请知悉"),
)
ORDERS = re.compile(
    r"请(?:于|尽快|务必|立即|及时|在|速|您|登录|点击|致电|联系|添加|前往|确认|转告|珍惜|确保|拨打|准时|自重|回|做好|下载)|"
    r"务必|限.{0,6}内|速.{0,2}电"
)
THREATENS = re.compile(
    r"否则|不然|不(?:续|还|交|处理|转)的话|逾期(?:将|未(?!还)|视为)|将(?:于|被|按|依法|对|安排|影响|会|委托|启动|上报|视|联系)|后果|自负"
)
PRESSES = re.compile(
    r"还(?:钱|款|清|不|上|[\d一二两三四五六七八九十])|欠|转(?:账|款|给|到|至|[\d一二两三四五])|交\d|处理|回电|起诉|报警|坐牢|"
    r"(?:去|找|到|打给|告诉|让)(?:你|您)|续期|通讯录|名单|冻结|验证码|点击|登录|添加|办理|退款|退息|减免|贴满|横幅|群发|屏幕|工资里扣|停息|内部渠道|身份证|别逼|给你到"
)
NAMES_A_DEBTOR = re.compile(r"先生|女士|阿姨|某某|[\u4e00-\u9fff]某(?!些|个|种|银行|平台|天)")
GIVES_A_CHANNEL = re.compile(
    r"(?<!\d)(?:1\d{10}|95\d{3}|400[\d-]{7,9}|0\d{2,3}-?\d{7,8})(?!\d)|【手机号】|https?://|www\.|\w\.(?:cn|com|top|vip|cc)/"
)
SETS_A_TIME = re.compile(
    r"(?:今[天日晚]|明[天日早晚]|\d+点|小时|三日)[^,。]{0,4}(?:之?前|内)|今天不|今晚不|(?:今|明)[天日晚][^,。]{0,4}点[半钟]?到期"
)
INSULTS = re.compile(
    r"你.{0,24}(?:欠|还(?:钱|款|清)|拖)|小心|等着|信不信|[欠借][债钱](?:不还|的)|老赖|诈骗犯|别让我|有种|碰见|看着办|别怪|打断|弄死|裸照"
)
# What speaks for a message, with its points.
FOR = (
    *zip((1, 2, 2, 2), SENDERS_WORDS, strict=True),
    *((1, trait) for trait in (ORDERS, THREATENS, PRESSES, NAMES_A_DEBTOR, GIVES_A_CHANNEL, SETS_A_TIME, INSULTS)),
)
# What speaks for someone who asks or tells, in a clause that is not spoken to anybody.
ASKS = re.compile(
    r"怎么(?!还不)|如何|咋|吗(?!,)|呢|是不是|能不能|可不可以|会不会|有没有(?!钱)|要不要|该不该|合不合|合法|违法|算不算|"
    r"真的|是真是假|什么意思|会怎样|什么后果|能信不|啥|行不行|对不对|管用|可信|靠谱|多少(?:钱|天)\?|哪(?:里|个|家|些)|\?\s*$|应该|求助|请问|想问|"
    r"问一下|咨询|为什么|为啥|干嘛|[帮给替]我.{0,4}(?:查|看|写|做|改|翻|排|想|算)|忽略|扮演|假装|开发者|你是(?:一个|谁)|怎样"
)
TELLS = re.compile(
    r"(?:我(?!是|司|行|部|方|所|院|国|们|天天去|在你|这边)|我们家|俺|本人).{0,10}"
    r"(?:逾期|欠|借|收到|还不|没钱|被|妈|爸|老公|老婆|想|要不|该|能|怕|正|照做|先|没)|截图给我|没写|转给我|"
    r"(?:催收|对方|他们?|客服|银行|平台|短信)(?!:).{0,4}(?:说|要|让|叫|限|逼).{0,3}我"
)
CLAUSE = re.compile(r"[^,。!;:\n]+")


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a message stands in a text: from `start` to `end`; what stands outside are its reader's own words."""

    start: int
    end: int


def recognise(text: str) -> Extent | None:
    """Find the message in a text (simplified, half-width); None when it is a plain question."""
    quoted = _quoted(text)
    extent = quoted or Extent(0, _end_of_message(text))
    message = text[extent.start : extent.end]
    if len(message.strip()) < SHORTEST:
        return None
    signature = SIGNATURE.search(message)
    led = LEAD.search(text, 0, extent.start + 30)
    if not (signature or led or quoted or any(trait.search(message) for trait in SENDERS_WORDS)):
        return None
    points = sum(points for points, trait in FOR if trait.search(message))
    if signature:
        points += 3 if not message[: signature.start()].strip() or not message[signature.end() :].strip() else 1
    points += 2 if led else 0
    points += 2 if quoted else 0
    points += 2 if len(SPEAKERS.findall(text)) > 1 else 0
    points += 0 if quoted else _against(message)
    return extent if points >= ENOUGH else None


def _quoted(text: str) -> Extent | None:
    """The longest quotation, when it is most of the text or what leads to it says that it was received."""
    longest = max(QUOTED.finditer(text), key=lambda found: len(found[1]), default=None)
    if longest is None:
        return None
    if len(longest[1]) * 2 >= len(text) or LEAD.search(text[: longest.start() + 1]):
        return Extent(longest.start(1), longest.end(1))
    return None


def _end_of_message(text: str) -> int:
    """Where the message ends: the sentences at the end in which its reader asks or tells are not part of it."""
    end = len(text)
    for found in reversed([found for found in SENTENCE.finditer(text) if found[0].strip()]):
        sentence = found[0]
        readers = _says(ASKS, sentence) or _says(TELLS, sentence)
        if found.start() == 0 or not readers or any(trait.search(sentence) for trait in SENDERS_WORDS):
            break
        end = found.start()
    return end


def _against(message: str) -> int:
    last = [found[0] for found in SENTENCE.finditer(message) if found[0].strip()][-1]
    asks = _says(ASKS, last)
    return -2 * asks - 2 * _says(TELLS, message) + (not asks)


def _says(trait: re.Pattern[str], text: str) -> bool:
    """Whether a clause that speaks to nobody has a trait."""
    return any(trait.search(clause) and not SPOKEN_TO.search(clause) for clause in CLAUSE.findall(text))
