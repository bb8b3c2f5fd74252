"""The gates: what is measured and what it must be. The page passes all of them or `make audit` fails."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that is measured, and its bound."""

    name: str
    bound: float
    unit: str = ""
    at_least: bool = False  # otherwise the bound is the most allowed

    def holds(self, value: float) -> bool:
        return value >= self.bound if self.at_least else value <= self.bound

    def worst(self, values: Iterable[float]) -> float:
        return (min if self.at_least else max)(values)

    @property
    def must(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.show(self.bound)}" if self.bound else "0"

    def show(self, value: float) -> str:
        return f"{value:.4g} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Measure:
    """What a gate found on one page."""

    gate: Gate
    page: str
    value: float
    findings: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return self.gate.holds(self.value)

    def __str__(self) -> str:
        head = f"{self.gate.name}, {self.page}: {self.gate.show(self.value)} (must be {self.gate.must})"
        return "\n    ".join([head, *self.findings])


def counted(gate: Gate, page: str, findings: Sequence[str]) -> Measure:
    """Measure how many findings there are."""
    return Measure(gate, page, len(findings), tuple(findings))


LH_PERFORMANCE = Gate("Lighthouse performance", 95, at_least=True)
LH_ACCESSIBILITY = Gate("Lighthouse accessibility", 100, at_least=True)
LH_PRACTICES = Gate("Lighthouse best practices", 100, at_least=True)
LH_SEO = Gate("Lighthouse SEO", 100, at_least=True)
LH_LCP = Gate("Lighthouse LCP", 1500, "ms")
LH_CLS = Gate("Lighthouse CLS", 0.05)
LH_TBT = Gate("Lighthouse TBT", 150, "ms")
SLOW_LCP = Gate("slow 4G, 6× CPU: LCP", 2500, "ms")
SLOW_INTERACTION = Gate("slow 4G, 6× CPU: interaction", 200, "ms")
AXE = Gate("axe findings", 0)
CONTRAST = Gate("contrast below AA, or unknown", 0)
PA11Y = Gate("pa11y errors (axe, htmlcs)", 0)
VNU = Gate("vnu errors", 0)
HTML_VALIDATE = Gate("html-validate errors", 0)
STYLELINT = Gate("stylelint errors", 0)
LINKS = Gate("linkinator broken links", 0)
WEIGHT = Gate("weight on the wire", 30, "KiB")
REQUESTS = Gate("requests", 6)
ELSEWHERE = Gate("requests elsewhere", 0)
CONSOLE = Gate("console errors", 0)
SIDEWAYS = Gate("sideways scroll", 0)
TARGETS = Gate("targets under 48 px", 0)
TEXT_SIZE = Gate("text under 18 px", 0)
LINE_HEIGHT = Gate("body lines under 1.6", 0)
LARGE_TEXT = Gate("large mode: text too small", 0)

EVERY = tuple(value for value in list(globals().values()) if isinstance(value, Gate))
