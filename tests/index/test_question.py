import pytest

from wenju.index.question import read_question

ALIASES = {"微粒贷": "weilidai", "借呗": "jiebei-huabei", "花呗": "jiebei-huabei"}


def test_lenders_and_articles_are_spotted() -> None:
    question = read_question(
        "微粒貸說按民法典第 670 条和第七十條起訴我", ALIASES, {"民法典": "civil-code", "刑法": "criminal-law"}
    )
    assert question.lenders == ("weilidai",)
    assert question.laws == ("civil-code",)
    assert question.articles == ("第七十条",)


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("中原消费金融说我逾期", True),
        ("苏银凯基消金发短信", True),
        ("微粒贷背后的消费金融公司", False),
        ("网贷逾期", False),
    ],
)
def test_unknown_lender_is_seen(text: str, stranger: bool) -> None:
    assert read_question(text, ALIASES, {}).stranger is stranger


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第70条", "第七十条"),
        ("第1032条", "第一千零三十二条"),
        ("第十五条", "第十五条"),
        ("253条之一", "第二百五十三条之一"),
        ("第110条", "第一百一十条"),
    ],
)
def test_article_numbers_come_out_as_statutes_write_them(text: str, number: str) -> None:
    assert read_question(text, {}, {}).articles == (number,)


def test_long_question_is_split_into_clauses_beside_the_whole() -> None:
    question = read_question("催收说要上门怎么办？他们还爆我通讯录，利息也超过24%了合法吗", {}, {})
    assert question.clauses[0] == question.text
    assert question.clauses[1] == "催收说要上门怎么办"
    assert len(question.clauses) == 4


def test_short_question_is_one_clause() -> None:
    assert read_question("催收要上门", {}, {}).clauses == ("催收要上门",)


@pytest.mark.parametrize(
    ("text", "looked_up"),
    [
        ("你好，请问微粒贷逾期了怎么办", "微粒贷逾期了怎么办"),
        ("请问一下 结清证明怎么开", "结清证明怎么开"),
        ("请问我能先还本金吗", "我能先还本金吗"),
        ("你好啊", "你好啊"),
        ("催收说你好就挂了", "催收说你好就挂了"),
    ],
)
def test_greeting_is_not_looked_up(text: str, looked_up: str) -> None:
    assert read_question(text, {}, {}).text == looked_up
