"""KPIs: cards that say how they stand, a grid one types and pastes into."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QStackedWidget
from pytestqt.qtbot import QtBot

from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.plans import add_measure
from csdesk.model.vocabulary import Frequency, TargetMode
from csdesk.queries.kpis import account_kpis
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.kpis.kpi_section import KpiSection
from ui.pages.kpis.periods import months_before

Key = Qt.Key


@pytest.fixture
def kpis(workspace: Workspace, fuji: Fuji, today: dt.date) -> list[str]:
    """Return two monthly KPIs with a value of the month before last."""
    month = months_before(today, 2)
    ids = []
    for name, value in (("Users", "1200"), ("Hours", "7.5")):
        kpi = workspace.write(name, add_kpi, name, unit="h" if name == "Hours" else "").result
        workspace.write("Value", set_kpi_value, fuji.account, kpi, month, Decimal(value))
        ids.append(kpi)
    return ids


@pytest.fixture
def section(page: AccountPage, fuji: Fuji, kpis: list[str], today: dt.date) -> KpiSection:
    """Return the tab of the KPIs, in front."""
    settle()
    month = months_before(today, 2)
    page.show_item("kpi_value", f"{fuji.account}:{kpis[0]}:{month.isoformat()}")
    found = page.section("kpis")
    assert isinstance(found, KpiSection)
    return found


def stored(workspace: Workspace, fuji: Fuji) -> dict[str, dict[dt.date, Decimal]]:
    """Return the values by the KPI's name and period."""
    return {
        series.name: {point.period: point.value for point in series.points}
        for series in workspace.read(account_kpis, fuji.account)
    }


def go(section: KpiSection, row: int, months_ago: int) -> None:
    """Put the cursor into the cell of a month."""
    model = section.grid.model()
    section.grid.setCurrentIndex(model.index(row, model.columnCount() - 1 - months_ago))
    section.grid.setFocus()


def type_into(qtbot: QtBot, section: KpiSection, text: str) -> None:
    """Type into the cell of the cursor and press Enter."""
    qtbot.keyClicks(section.grid, text[0])
    editor = section.grid.indexWidget(section.grid.currentIndex())
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, Key.Key_Return)
    settle()


def test_the_grid_shows_twelve_months_with_the_newest_at_its_end(
    section: KpiSection, today: dt.date
) -> None:
    QAbstractItemModelTester(
        section.grid.model(), QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    model = section.grid.model()
    assert model.columnCount() == 12
    assert model.index(0, 9).data() == "1,200"
    assert model.index(0, 10).data() == ""


def test_a_number_is_typed_and_enter_goes_down(
    section: KpiSection, workspace: Workspace, fuji: Fuji, today: dt.date, qtbot: QtBot
) -> None:
    go(section, 0, 0)
    type_into(qtbot, section, "1,350")
    assert section.grid.currentIndex().row() == 1
    type_into(qtbot, section, "6.25")
    month = today.replace(day=1)
    assert stored(workspace, fuji)["Users"][month] == 1350
    assert stored(workspace, fuji)["Hours"][month] == Decimal("6.25")
    assert section.grid.model().index(0, 11).data() == "1,350"


def test_what_is_no_number_is_told_and_changes_nothing(
    section: KpiSection, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    before = stored(workspace, fuji)
    go(section, 0, 0)
    with qtbot.waitSignal(desk.messages.said) as said:
        type_into(qtbot, section, "many")
    assert "many" in said.args[0].text
    assert stored(workspace, fuji) == before


def test_a_block_of_a_spreadsheet_is_pasted_as_one_step(
    section: KpiSection, workspace: Workspace, fuji: Fuji, today: dt.date, desk: Desk, qtbot: QtBot
) -> None:
    before = stored(workspace, fuji)
    QGuiApplication.clipboard().setText("1,000\t１,１００\t\n△1\t2.5\t3\r\n")
    go(section, 0, 2)
    qtbot.keyClick(section.grid, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    months = [months_before(today, ago) for ago in (2, 1, 0)]
    assert stored(workspace, fuji) == {
        "Users": dict(zip(months, (Decimal(1000), Decimal(1100)), strict=False)),
        "Hours": dict(zip(months, (Decimal(-1), Decimal("2.5"), Decimal(3)), strict=True)),
    }
    with qtbot.waitSignal(desk.changed):
        undone(desk, qtbot)
    assert stored(workspace, fuji) == before
    assert section.grid.model().index(0, 9).data() == "1,200"


@pytest.mark.parametrize("block", ["1\t2\t3\t4", "1\n2\n3", "1\tx"])
def test_a_block_that_does_not_fit_or_hold_numbers_stays_out_whole(
    section: KpiSection, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot, block: str
) -> None:
    before = stored(workspace, fuji)
    QGuiApplication.clipboard().setText(block)
    go(section, 0, 1)
    with qtbot.waitSignal(desk.messages.said):
        qtbot.keyClick(section.grid, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert stored(workspace, fuji) == before


def test_values_are_copied_and_cleared(
    section: KpiSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    go(section, 0, 2)
    qtbot.keyClick(section.grid, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(section.grid, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1,200\n7.5"
    qtbot.keyClick(section.grid, Key.Key_Delete)
    settle()
    assert stored(workspace, fuji) == {}
    assert workspace.undo_label == "Clear 2 KPI values"


def test_typing_is_not_lost_when_somebody_else_enters_a_value(
    section: KpiSection,
    workspace: Workspace,
    fuji: Fuji,
    kpis: list[str],
    qtbot: QtBot,
    today: dt.date,
) -> None:
    go(section, 0, 0)
    qtbot.keyClicks(section.grid, "9")
    editor = section.grid.indexWidget(section.grid.currentIndex())
    workspace.write("Else", set_kpi_value, fuji.account, kpis[0], today, Decimal(1))
    settle()
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, "9")
    assert editor.text() == "99"


def test_a_new_kpi_is_described_in_a_line_and_gets_its_row(
    section: KpiSection, workspace: Workspace, qtbot: QtBot
) -> None:
    section.form.start()
    qtbot.keyClicks(section.form.name, "CSAT")
    qtbot.keyClick(section.form.name, Key.Key_Return)
    rows = [series.name for series in section.grid.model().rows]
    assert rows == ["Users", "Hours", "CSAT"]
    assert section.grid.currentIndex().row() == 2
    assert not section.form.isVisible()


def test_a_kpi_is_renamed_on_its_card(
    section: KpiSection, kpis: list[str], qtbot: QtBot, workspace: Workspace, fuji: Fuji
) -> None:
    field = section.cards[kpis[0]].name
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Active users")
    qtbot.keyClick(field, Key.Key_Return)
    assert set(stored(workspace, fuji)) == {"Active users", "Hours"}
    header = section.grid.model().headerData(0, Qt.Orientation.Vertical)
    assert header == "Active users"


def test_a_weekly_kpi_has_a_grid_of_weeks(
    section: KpiSection, workspace: Workspace, fuji: Fuji, today: dt.date
) -> None:
    kpi = workspace.write("W", add_kpi, "Logins", frequency=Frequency.WEEKLY).result
    workspace.write("V", set_kpi_value, fuji.account, kpi, today, Decimal(5))
    settle()
    section._choose_frequency(Frequency.WEEKLY)
    model = section.grid.model()
    assert [series.name for series in model.rows] == ["Logins"]
    assert model.periods[-1] == today - dt.timedelta(days=today.weekday())
    assert 48 <= model.columnCount() <= 54
    assert model.index(0, model.columnCount() - 1).data() == "5"


def test_a_card_says_baseline_now_and_target(
    section: KpiSection,
    workspace: Workspace,
    fuji: Fuji,
    kpis: list[str],
    outline: Outline,
    today: dt.date,
) -> None:
    day = months_before(today, 6)
    workspace.write(
        "Measure",
        add_measure,
        outline.ref("G1").id,
        kpis[0],
        baseline=Decimal(1000),
        baseline_on=day,
        target_mode=TargetMode.PERCENT_OF_BASELINE,
        target=Decimal(120),
        target_on=today + dt.timedelta(days=30),
    )
    settle()
    card = section.cards[kpis[0]]
    assert "1,000" in card._figures.text()
    assert "1,200" in card._figures.text()
    assert card.words == "Target reached"
    workspace.write("Less", set_kpi_value, fuji.account, kpis[0], today, Decimal(1010))
    settle()
    assert card.words == "Behind pace"


def test_a_month_without_a_value_is_a_gap_in_the_line(
    section: KpiSection, workspace: Workspace, fuji: Fuji, kpis: list[str], today: dt.date
) -> None:
    for ago, value in ((5, 1), (4, 2), (0, 3)):
        month = months_before(today, ago)
        workspace.write("V", set_kpi_value, fuji.account, kpis[1], month, Decimal(value))
    settle()
    runs = section.cards[kpis[1]].chart.segments()
    assert [[int(point.value) for point in run] for run in runs] == [[1, 2], [7], [3]]


def test_the_chart_reads_a_value_out_with_the_arrow_keys(
    section: KpiSection, kpis: list[str], qtbot: QtBot
) -> None:
    chart = section.cards[kpis[1]].chart
    qtbot.keyClick(chart, Key.Key_Left)
    assert chart.reading.endswith("7.5 h")
    assert chart.accessibleDescription() == chart.reading


def test_a_first_value_is_shown_where_the_room_for_it_changes_the_size_of_the_tab(
    page: AccountPage, workspace: Workspace, fuji: Fuji, today: dt.date
) -> None:
    page.open_tab("kpis")
    section = page.section("kpis")
    assert isinstance(section, KpiSection)
    settle()
    parts = next(one for one in section.findChildren(QStackedWidget) if one.parent() is section)
    parts.currentChanged.connect(lambda: section.resize(section.width() - 20, section.height()))
    kpi = workspace.write("KPI", add_kpi, "Users").result
    workspace.write("Value", set_kpi_value, fuji.account, kpi, today.replace(day=1), Decimal(3))
    section.refresh()
    settle()
    assert list(section.cards) == [kpi]


def test_enter_in_a_grid_without_a_cell_does_nothing(page: AccountPage, qtbot: QtBot) -> None:
    page.open_tab("kpis")
    section = page.section("kpis")
    assert isinstance(section, KpiSection)
    qtbot.keyClick(section.grid, Key.Key_Return)  # a Qt warning would fail the test
    assert not section.grid.currentIndex().isValid()
