"""What to look up for a message: people write questions, collectors do not, and the index knows questions."""

import math
from dataclasses import replace

from wenju.index.question import Question
from wenju.index.search import Finder
from wenju.service.message.values import LENDER_CODE, Message, Sign

LOOKED_AT = 60  # passages found for the message itself that its signs are compared with
FAR = 0.01  # probability of a document that was not found at all
FOR_GRAVITY = 1.0  # what the gravest sign gains over the mildest, in log-odds


def what_to_look_up(message: Message, question: Question, finder: Finder, enough: float) -> Question:
    """Ask about what the message claims.

    The message itself stays the question where it is found as it is, with a score of `enough`, or has no sign that
    leads anywhere. Otherwise it is the sign that weighs most: by how near its document is to the message, and by how
    grave it is. The one that weighs next is asked as a clause of its own, so that the answer can speak of both.
    """
    near: dict[str, float] = {}
    for hit in finder.search(question, LOOKED_AT):
        near.setdefault(hit.document.id, hit.score)
    if max(near.values(), default=0.0) >= enough:
        return question

    def weight(sign: Sign) -> float:
        score = min(max(near.get(sign.document.id, FAR), FAR), 1 - FAR)
        return math.log(score / (1 - score)) + FOR_GRAVITY * sign.gravity

    asks = [sign.ask for sign in sorted(message.signs, key=weight, reverse=True) if sign.ask]
    if not asks:
        return question
    named = next((sign.words.text for sign in message.signs if sign.code == LENDER_CODE), "")
    first = named + asks[0]  # what is written about this lender comes nearer
    return replace(question, text=first, clauses=(first, *asks[1:2]))
