"""Who asks, and of whom: the one who owes, or somebody else: kin, a colleague, a contact, a wrong number."""

import re

_KIN = (
    "老公|老婆|丈夫|妻子|媳妇|爱人|对象|男友|女友|男朋友|女朋友|前夫|前妻|儿子|女儿|闺女|孩子|娃|爸爸?|妈妈?|父亲|母亲|父母|爹|娘|哥哥?|姐姐?|"
    "弟弟?|妹妹?|叔叔?|舅舅?|姑姑?|姨|侄子|侄女|外甥|表[哥弟姐妹]|堂[哥弟姐妹]|爷爷|奶奶|公公|婆婆|岳父|岳母|女婿|儿媳|小舅子|亲戚|家里人|"
    "同事|朋友|同学|室友|邻居|员工|下属|闺蜜|老乡|战友|发小|他|她"
)
_OWES = "欠|借了|借的|借过|贷了|贷的|贷款|网贷|花呗|借呗|信用卡|逾期|还不上|还不起|没还|不还|失联|跑路|被催|被起诉|债"
_SOMEBODY_ELSE = re.compile(
    rf"(?:{_KIN})[^,，。;；！!？?我]{{0,8}}(?:{_OWES})"
    rf"|[替帮](?:{_KIN})[^,，。]{{0,4}}[还垫]"
    rf"|我是(?:他|她|借款人|欠款人)?[^,，。]{{0,6}}(?:{_KIN}|紧急联系人|担保人|房东|老板|人事|行政|前台)"
    rf"|(?:{_KIN})[^,，。我]{{0,12}}(?:扣[住在下留着]|关[在进着]|[带拉架拖]走|[带拉架拖]到|绑|堵[在着]|不让[他她]?走|押|困在|不放人)"
    r"|不是本人|不认识(?:这个|他|她|的人)|打错|找错人|不是我[借欠贷]|[跟和]我[没无]关|把我[填写留][成为作了]|紧急联系人|担保"
)

# What somebody is said to do, up to its end: who that is, and that it is he who does or says it, in the same clause.
# Where collectors call him, or he scolds, it may be the one who asks who cannot bear it; that one is spoken to then.
_HE = rf"(?<![给跟带抱叫找被让对])(?<![给找被让对]我)(?<!着)(?:{_KIN})(?!们)(?![^,，]{{0,12}}(?:骂|吵|嫌|怪))"
_DOES = re.compile(rf"{_HE}[^,，\s我俺]{{0,18}}$")
_SAYS = re.compile(rf"{_HE}[^我俺]{{0,24}}(?:说|讲|喊|(?<!电)话|闹着|嚷|哭着|发|写|留|念叨|搜)[^,，我俺]{{0,20}}$")
_ONESELF = re.compile(rf"[我俺](?!的?(?:{_KIN})).{{0,7}}$")
_TAKES_ALONG = re.compile(r"[带抱拉]着")  # who does that to a child speaks of himself
_SENTENCE_END = re.compile(r"[。!！?？\n]")

_NOT_LATE = re.compile(
    r"(?:没有?|没得|冇|未|不曾)(?:任何|过|再|发生)?(?:逾期|晚还|拖欠|欠[款钱费]|借过|开通|用过|断过)"
    r"|(?:一直|都是?|每[次月期]都?)(?:是|有)?按[时期]|不欠"
)


def denies_being_late(text: str) -> bool:
    """Whether who asks says that there is nothing overdue, or nothing owed; for simplified, half-width text."""
    return bool(_NOT_LATE.search(text))


def is_another(text: str, end: int) -> bool:
    """Whether somebody else than who asks does or says what ends at a place of a simplified text."""
    before = _SENTENCE_END.split(text[:end])[-1]
    if _ONESELF.search(before) or _TAKES_ALONG.search(before):
        return False
    return bool(_DOES.search(before) or _SAYS.search(before))


def asks_for_another(text: str) -> bool:
    """Whether the one who asks speaks of somebody else's debt; for simplified, half-width text."""
    return bool(_SOMEBODY_ELSE.search(text))
