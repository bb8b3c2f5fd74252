"""Sum outcomes up in figures, and compare them with the last accepted ones."""

import json
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pydantic

from wenju.corpus.questions import Expectation
from wenju.service.evaluation.measure import Outcome

SLACK = 0.01  # a figure may be so much below the accepted one: one question in a hundred


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How good the answers were. All are shares, 0 to 1, more is better, except where it says otherwise."""

    questions: int
    found_first: float  # the first hit is right
    found_in_3: float
    found_in_10: float
    mrr: float  # mean of 1 / rank of the first right hit
    answered_right: float  # of the questions inside
    answered: float  # of the questions inside
    silent: float  # of the questions outside
    alerts_found: float  # of the alerts that should be raised
    alerts_false: float  # of the questions without one; less is better
    broken: int  # sentences that do not stand in their documents; 0 or a fault


LESS_IS_BETTER = ("alerts_false", "broken")
COUNTS = ("questions",)


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Sum up."""
    inside = [o for o in outcomes if o.asked.expect is Expectation.ANSWERED]
    outside = [o for o in outcomes if o.asked.expect is Expectation.ABSTAIN]
    looked_up = [o for o in inside if o.asked.docs]
    return Figures(
        questions=len(outcomes),
        found_first=_share(o.rank == 1 for o in looked_up),
        found_in_3=_share(o.rank is not None and o.rank <= 3 for o in looked_up),
        found_in_10=_share(o.rank is not None and o.rank <= 10 for o in looked_up),
        mrr=_mean(1 / o.rank if o.rank else 0.0 for o in looked_up),
        answered_right=_share(o.right for o in inside),
        answered=_share(o.answered for o in inside),
        silent=_share(o.right for o in outside),
        alerts_found=_share(o.asked.alert in o.alerts for o in outcomes if o.asked.alert),
        alerts_false=_share(bool(o.alerts) for o in outcomes if not o.asked.alert),
        broken=sum(len(o.broken) for o in outcomes),
    )


def by_topic(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    """Sum up for each topic, in the order of their names."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.asked.topic or "其他"].append(outcome)
    return {topic: figures(group) for topic, group in sorted(groups.items())}


def risk_and_coverage(outcomes: Sequence[Outcome]) -> list[tuple[float, float, float]]:
    """Give (threshold, coverage, risk) as the threshold falls.

    Coverage is the share of questions that would be answered, risk the share of those whose first hit is wrong.
    """
    ordered = sorted(outcomes, key=lambda o: -o.confidence)
    points = []
    wrong = 0
    for n, outcome in enumerate(ordered, start=1):
        wrong += outcome.rank != 1
        points.append((outcome.confidence, n / len(ordered), wrong / n))
    return points


def milliseconds(outcomes: Sequence[Outcome]) -> tuple[float, float]:
    """Give the median and the 95th percentile of the time one answer took."""
    times = [o.milliseconds for o in outcomes]
    if len(times) < 2:
        return (times or [0.0])[0], (times or [0.0])[0]
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def regressions(now: Figures, accepted: Figures) -> list[str]:
    """Say which figures are worse than the accepted ones."""
    worse = []
    for name, before in asdict(accepted).items():
        value = getattr(now, name)
        if name in COUNTS:
            continue
        fell = value - before if name in LESS_IS_BETTER else before - value
        if fell > (0 if name == "broken" else SLACK):
            worse.append(f"{name}: {value:.3f}，上次接受的是 {before:.3f}")
    return worse


def load(file: Path) -> Figures:
    """Read accepted figures."""
    return pydantic.TypeAdapter(Figures).validate_json(file.read_bytes())


def save(now: Figures, file: Path) -> None:
    """Accept figures."""
    rounded = {name: round(value, 4) for name, value in asdict(now).items()}
    file.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


def _share(flags: Iterable[bool]) -> float:
    return _mean(map(float, flags))


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return statistics.fmean(found) if found else 1.0
