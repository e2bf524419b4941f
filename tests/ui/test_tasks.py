"""Long work leaves the window alone: progress, cancel, errors, order."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from csdesk.errors import UserError
from csdesk.progress import Progress
from ui.tasks import Task, Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    """Return tasks that are closed after the test."""
    tasks = Tasks()
    yield tasks
    tasks.close()


def test_work_runs_off_the_interface_thread_and_brings_its_result(
    qtbot: QtBot, tasks: Tasks
) -> None:
    task = tasks.prepare("Count", lambda progress: threading.current_thread().name)
    with qtbot.waitSignal(task.succeeded) as done:
        tasks.start(task)
    assert done.args == ["csdesk-tasks"]
    assert not tasks.busy


def test_results_arrive_on_the_interface_thread(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[str] = []
    task = tasks.prepare("Count", lambda progress: 1)
    task.succeeded.connect(lambda result: seen.append(threading.current_thread().name))
    with qtbot.waitSignal(task.finished):
        tasks.start(task)
    assert seen == [threading.main_thread().name]


def test_progress_is_reported_and_its_last_word_always_arrives(qtbot: QtBot, tasks: Tasks) -> None:
    def count(progress: Progress) -> None:
        for done in range(1, 1001):
            progress.report(done, 1000, "row")

    heard: list[tuple[int, int, str]] = []
    task = tasks.prepare("Count", count)
    task.progressed.connect(lambda done, total, note: heard.append((done, total, note)))
    with qtbot.waitSignal(task.finished):
        tasks.start(task)
    assert heard[-1] == (1000, 1000, "row")
    assert len(heard) < 200


def test_cancelled_work_stops_at_its_next_report(qtbot: QtBot, tasks: Tasks) -> None:
    under_way = threading.Event()

    def for_ever(progress: Progress) -> None:
        while True:
            under_way.set()
            progress.report(0, None)

    task = tasks.prepare("Wait", for_ever)
    with qtbot.waitSignal(task.cancelled):
        tasks.start(task)
        assert under_way.wait(10)
        task.cancel()
    assert not tasks.busy


def test_what_the_user_can_mend_comes_as_such(qtbot: QtBot, tasks: Tasks) -> None:
    def refuse(progress: Progress) -> None:
        raise UserError("The disk is full.", "Make room.")

    task = tasks.prepare("Save", refuse)
    with qtbot.waitSignal(task.failed) as failed, qtbot.assertNotEmitted(tasks.crashed):
        tasks.start(task)
    assert str(failed.args[0]) == "The disk is full. Make room."


def test_a_bug_of_ours_reaches_the_crash_report_and_the_next_task_still_runs(
    qtbot: QtBot, tasks: Tasks
) -> None:
    def fail(progress: Progress) -> None:
        raise ZeroDivisionError

    broken = tasks.prepare("Fail", fail)
    with qtbot.waitSignal(tasks.crashed) as crashed:
        tasks.start(broken)
    assert isinstance(crashed.args[0], ZeroDivisionError)
    task = tasks.prepare("Count", lambda progress: 2)
    with qtbot.waitSignal(task.succeeded) as done:
        tasks.start(task)
    assert done.args == [2]


def test_tasks_run_one_after_the_other_in_their_order(qtbot: QtBot, tasks: Tasks) -> None:
    order: list[str] = []
    made: list[Task] = [
        tasks.prepare(name, lambda progress, name=name: order.append(name)) for name in "abc"
    ]
    with qtbot.waitSignal(made[-1].finished):
        for task in made:
            tasks.start(task)
    assert order == ["a", "b", "c"]


def test_closing_cancels_what_runs_and_waits_for_it(qtbot: QtBot) -> None:
    tasks = Tasks()
    under_way, over = threading.Event(), threading.Event()

    def for_ever(progress: Progress) -> None:
        try:
            while True:
                under_way.set()
                progress.report(0, None)
        finally:
            over.set()

    tasks.start(tasks.prepare("Wait", for_ever))
    assert under_way.wait(10)
    tasks.close()
    assert over.is_set()


def test_a_signal_can_be_emitted_five_thousand_times(qtbot: QtBot) -> None:
    """PySide6 6.12 on Python 3.11 lost a reference at each emission and aborted after ~570."""
    tasks = Tasks()
    heard: list[bool] = []
    task = tasks.prepare("Flags", lambda progress: None)
    task.succeeded.connect(heard.append)
    for _turn in range(5000):
        task.succeeded.emit(True)
    assert heard.count(True) == 5000
