"""How to ask the lender that a message names: the sentence of its document that says by which channel."""

import re

from wenju.corpus.document import Document, Passage, Sentence, Slot

ORDER = (Slot.WHERE, Slot.DO, Slot.VERDICT)
NUMBER = re.compile(r"\d[\d-]{4,}")
CHANNEL = re.compile(r"客服|电话|官方")


def official_channel(document: Document, alias: str) -> tuple[Passage, Sentence]:
    """Choose the sentence that names the channel: best one with the name and the number, never another's."""
    hotline = NUMBER.search(document.lender.hotline or "") if document.lender else None

    others = document.lender.aliases if document.lender and not hotline else ()  # a page of many lenders

    def fits(sentence: Sentence) -> int:
        text = sentence.text
        return (
            4 * (alias.lower() in text.lower() and bool(NUMBER.search(text)) and bool(CHANNEL.search(text)))
            + 2 * bool(hotline and hotline[0] in text)
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
