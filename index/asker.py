"""Who asks: the one who owes, or somebody else whom it is about too: kin, a colleague, a contact, a wrong number."""

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
    r"|不是本人|不认识(?:这个|他|她|的人)|打错|找错人|不是我[借欠贷]|[跟和]我[没无]关|把我[填写留][成为作了]|紧急联系人|担保"
)


def asks_for_another(text: str) -> bool:
    """Whether the one who asks speaks of somebody else's debt; for simplified, half-width text."""
    return bool(_SOMEBODY_ELSE.search(text))
