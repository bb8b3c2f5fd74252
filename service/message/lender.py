"""How to ask the lender that a message names: the sentence of its document that says by which channel."""

import re

from wenju.corpus.document import Document, Passage, Sentence, Slot

ORDER = (Slot.WHERE, Slot.DO, Slot.VERDICT)
NUMBER = re.compile(r"\d[\d-]{4,}")
BANK = re.compile(r"[\u4e00-\u9fff]{2,4}银行")
CHANNEL = re.compile(r"客服|电话|官方")


def hotline_of(document: Document) -> str | None:
    """Give the number of a lender, where it has one of its own."""
    found = NUMBER.search(document.lender.hotline or "") if document.lender else None
    return found[0] if found else None


def speaks_of_others(document: Document, sentence: str, asked: str) -> bool:
    """Whether a sentence of a page of many banks names some of them, and none of those that are asked about."""
    banks = [alias for alias in document.lender.aliases if BANK.fullmatch(alias)] if document.lender else []
    named, spoken_of = ({bank for bank in banks if bank in text} for text in (asked, sentence))
    return bool(named and spoken_of and not named & spoken_of)


def official_channel(document: Document, alias: str = "") -> tuple[Passage, Sentence]:
    """Choose the sentence that names the channel: best one with the name, if there is one, and the number."""
    hotline = hotline_of(document)
    others = document.lender.aliases if document.lender and not hotline else ()  # a page of many lenders

    def fits(sentence: Sentence) -> int:
        text = sentence.text
        return (
            4 * (alias.lower() in text.lower() and bool(NUMBER.search(text)) and bool(CHANNEL.search(text)))
            + 2 * bool(hotline and hotline in text)
            + len(set(CHANNEL.findall(text)))
            - 4 * (alias.lower() not in text.lower() and any(other in text for other in others))
        )

    places = [
        (passage, sentence)
        for slot in ORDER
        for passage in document.passages
        if passage.slot == slot
        for sentence in passage.sentences
    ]
    everywhere = places or [(passage, s) for passage in document.passages for s in passage.sentences]
    return max(everywhere, key=lambda place: fits(place[1]))
