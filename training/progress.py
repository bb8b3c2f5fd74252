"""How far a run is, as plain lines that read well in a log: which step, and how long it will still take."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

STEPS = ("read", "vocabulary", "train", "mine", "project", "polish", "store", "measure", "install")
EVERY = 15.0  # seconds between two lines

Clock = Callable[[], float]


def duration(seconds: float) -> str:
    """Say a time as people do: 8 s, 2 min 05 s."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


@contextmanager
def step(name: str, what: str) -> Iterator[None]:
    """Say that a step of the pipeline begins, and how long it took."""
    mark = f"[{STEPS.index(name) + 1}/{len(STEPS)}]"
    print(f"{mark} {what} …", flush=True)
    began = time.monotonic()
    yield
    print(f"{mark} {duration(time.monotonic() - began)}", flush=True)


class Progress(TrainerCallback):
    """Says where training is at the end of an epoch and every few seconds, one line each."""

    def __init__(self, *, every: float = EVERY, clock: Clock = time.monotonic) -> None:
        self._every, self._clock = every, clock
        self._began = self._said = 0.0
        self._first = 0
        self._loss = ""

    def on_train_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        """Start the clock; a run that is taken up again starts at a later step."""
        del args, control
        self._began = self._said = self._clock()
        self._first = state.global_step

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, Any] | None = None,
        **_: Any,
    ) -> None:
        """Remember the loss for the next line."""
        del args, state, control
        if logs and "loss" in logs:
            self._loss = f", loss {float(logs['loss']):.3f}"

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        """Say something once enough time has passed."""
        del args, control
        if self._clock() - self._said >= self._every:
            self._say(state)

    def on_epoch_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        """Say something at the end of every epoch."""
        del args, control
        self._say(state)

    def _say(self, state: TrainerState) -> None:
        self._said = self._clock()
        gone = self._said - self._began
        left = gone / max(1, state.global_step - self._first) * (state.max_steps - state.global_step)
        print(
            f"[{STEPS.index('train') + 1}/{len(STEPS)}] epoch {state.epoch or 0:.1f} of {state.num_train_epochs}, "
            f"step {state.global_step:,} of {state.max_steps:,}{self._loss}, "
            f"{duration(gone)} gone, about {duration(left)} left",
            flush=True,
        )
