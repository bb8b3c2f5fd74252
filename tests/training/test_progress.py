"""Lines of progress: where training is, and how long it will still take."""

import pytest

pytest.importorskip("datasets", reason="no datasets: pip install --group training")
pytestmark = pytest.mark.filterwarnings("ignore")  # of transformers, about itself


def test_time_left_is_reckoned_from_where_an_interrupted_run_was_taken_up(capsys: pytest.CaptureFixture[str]) -> None:
    from transformers import TrainerControl, TrainerState, TrainingArguments

    from training.progress import Progress

    times = iter([100.0, 109.0, 150.0, 150.0])
    progress = Progress(every=15, clock=lambda: next(times))
    arguments, control = TrainingArguments(use_cpu=True, report_to=[]), TrainerControl()
    state = TrainerState(epoch=2.0, global_step=200, max_steps=600, num_train_epochs=6)
    progress.on_train_begin(arguments, state, control)
    progress.on_log(arguments, state, control, logs={"loss": 1.25})
    state.global_step = 210
    progress.on_step_end(arguments, state, control)  # nine seconds after the start: nothing to say yet
    state.global_step, state.epoch = 300, 3.0
    progress.on_step_end(arguments, state, control)
    assert capsys.readouterr().out == (
        "[3/9] epoch 3.0 of 6, step 300 of 600, loss 1.250, 50 s gone, about 2 min 30 s left\n"
    )
