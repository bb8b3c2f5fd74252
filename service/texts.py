"""The fixed texts of the service itself; advice stands in the corpus, never here."""

from wenju.corpus.document import Slot
from wenju.service.answer.draft import Status
from wenju.service.answer.opinion import Outcome

SLOT_TITLE = {
    Slot.VERDICT: "先说结论",
    Slot.DO: "现在就做",
    Slot.DONT: "不要做",
    Slot.RIGHTS: "你的权利",
    Slot.EVIDENCE: "留证据",
    Slot.WHERE: "向谁求助",
    Slot.LAW: "依据",
}

MESSAGE_TITLE = "短信里写了什么"
MESSAGE_LIMIT = "这里只说短信符合哪些特征，不判断它是谁发的；请自己从App、合同或者官网找官方客服核实。"

NEXT_STEP: dict[Status, str | None] = {
    Status.ANSWERED: None,
    Status.WEAK_MATCH: (
        "没有找到足够贴近的答案。下面几段内容相近，但不是对你问题的回答。"
        "可以换个说法再问，写清是谁在催、说了什么；也可以拨打 12348 免费咨询法律问题。"
    ),
    Status.NO_MATCH: (
        "资料库里没有这个问题的答案，所以不回答。可以换个说法再问，或拨打 12348 免费咨询法律问题；"
        "银行和消费金融公司的催收问题可以拨打 12378。"
    ),
    Status.OUT_OF_SCOPE: (
        "这个问题不在本服务的范围里。这里只回答被催收的人遇到的问题：催收短信、上门、电话、协商还款、"
        "利息、起诉、征信和投诉。有人身危险请拨打 110，法律问题可以免费咨询 12348。"
    ),
}

# What came of asking a chat model, after “聊天模型：”.
OPINION = {
    Outcome.PICKED: "选中 {passages}",
    Outcome.NONE_FITS: "认为没有一段能回答",
    Outcome.TIMEOUT: "没有及时回应，未采用",
    Outcome.UNREACHABLE: "连不上，未采用",
    Outcome.REFUSED: "拒绝了请求（HTTP {status}），未采用",
    Outcome.NONSENSE: "回应不合要求，未采用",
    Outcome.BUSY: "正忙，没有问它",
    Outcome.RESTING: "接连出错，暂时不问它",
}

DISCLAIMER = "每句话都逐字出自资料库并注明来源，不是为你的个案出具的法律意见。法规和电话可能变化，以官方公布为准。"
