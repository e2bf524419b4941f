"""Where a new plan begins: empty, from a template, or as a copy, in one panel with a preview.

It stands where the plan will stand. Enter leads on and makes the plan, Escape leads back; what
the plan will hold is seen before, with the dates it gets from the start that is typed.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.capturing import capture_plan
from csdesk.actions.editing import today
from csdesk.actions.plans import add_plan
from csdesk.actions.templates import copy_plan, plan_from_template
from csdesk.errors import UserError
from csdesk.i18n import _, current, ngettext
from csdesk.insight.plan_template import Calendar, PlanTemplate
from csdesk.model.vocabulary import PlanType, label_of
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.calendar import work_calendar
from csdesk.queries.plan_sources import plan_sources
from csdesk.queries.templates import missing_kpis, templates
from ui.desk import Desk
from ui.pages.plan.new_plan_sources import (
    From,
    Source,
    SourceDelegate,
    SourceList,
    plan_lines,
    sources_of,
)
from ui.pages.templates.template_preview import TemplatePreview
from ui.widgets.date_line import DateLine

_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
LEAST = 360
"""Pixels of height below which the panel does not shrink."""

_NOTHING = Source(From.NOTHING, "", "")


class NewPlanPanel(QFrame):
    """Asks what a plan starts from, how it is called and when it begins, and makes it."""

    made = Signal(str)
    """The id of the plan that was made."""
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._detail: AccountDetail | None = None
        self._content = PlanTemplate()
        self._knows_others = False
        self.setProperty("kind", "card")
        self._build()
        self._connect()

    @property
    def filter(self) -> QLineEdit:
        """Where one types to find a template or a plan."""
        return self._filter

    @property
    def sources(self) -> SourceList:
        """What a plan can start from."""
        return self._list

    @property
    def title(self) -> QLineEdit:
        """The title of the plan to be."""
        return self._title

    @property
    def start_line(self) -> DateLine:
        """The day on which the plan begins."""
        return self._start_line

    @property
    def preview(self) -> TemplatePreview:
        """What the plan will hold."""
        return self._preview

    @property
    def chosen(self) -> Source:
        """What the plan starts from."""
        index = self._view.currentIndex()
        return self._list.source(index.row()) if index.isValid() else _NOTHING

    def start(self, detail: AccountDetail, source_id: str = "") -> None:
        """Begin anew for an account, with a source chosen, and take the focus."""
        self._detail = detail
        spoken = detail.document_language or current().language
        rows = self._desk.read(templates, spoken, account_id=detail.row.id)
        plans = self._desk.read(plan_sources, detail.row.id)
        self._filter.clear()
        self._list.set_sources(sources_of(rows, plans, detail.row.id))
        self._knows_others = False
        self._title.clear()
        self._title.setModified(False)
        self._start_line.set_day(today(), force=True)
        self.choose(source_id)
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose(self, source_id: str) -> None:
        """Choose what the plan starts from by its id; the first where there is none."""
        place = self._list.place_of(source_id) if source_id else self._list.first()
        index = self._list.index(max(place, 0))
        self._view.setCurrentIndex(index)
        self._view.scrollTo(index)
        self._show_chosen()

    def choose_best(self) -> None:
        """Choose the template that suits the account best."""
        place = self._list.first_of(From.TEMPLATE)
        if place >= 0:
            self.choose(self._list.source(place).id)

    @Slot()
    def make_plan(self) -> None:
        """Make the plan as one step; what is wrong is said in the message bar."""
        detail = self._detail
        title = self._title.text().strip()
        if detail is None:
            return
        if not title:
            self._title.setFocus(Qt.FocusReason.OtherFocusReason)
            self._desk.messages.error(
                UserError(_("The plan has no title yet."), _("Type how it is called."))
            )
            return
        try:
            start = self._start_line.read() or today()
        except UserError as error:
            self._start_line.setFocus(Qt.FocusReason.OtherFocusReason)
            self._desk.messages.error(error)
            return
        made = self._make(detail, self.chosen, title, start)
        if made is not None:
            self.made.emit(made)

    def _make(
        self, detail: AccountDetail, source: Source, title: str, start: dt.date
    ) -> str | None:
        label = _("Add plan “{title}”").format(title=title)
        account_id, workdays = detail.row.id, self._workdays.isChecked()
        if source.kind is From.TEMPLATE:
            step = self._desk.write(
                label,
                plan_from_template,
                account_id,
                source.id,
                title,
                start,
                on_working_days=workdays,
                make_kpis=self._make_kpis.isChecked(),
            )
        elif source.kind is From.PLAN:
            step = self._desk.write(
                label, copy_plan, source.id, account_id, title, start, on_working_days=workdays
            )
        else:
            kind = next((one for one in PlanType if one == detail.row.phase), None)
            step = self._desk.write(
                label,
                add_plan,
                account_id,
                title,
                type=kind,
                start_on=start,
                owner_id=detail.row.owner_id,
            )
        return None if step is None else step.result

    @Slot(str)
    def _on_filter(self, typed: str) -> None:
        before = self.chosen.id
        if typed and self._detail is not None and not self._knows_others:
            # They are many, so they are read only when somebody looks for something.
            self._knows_others = True
            account_id = self._detail.row.id
            others = self._desk.read(plan_sources, account_id, of_others=True)
            self._list.add_sources(plan_lines(others, account_id))
        self._list.show_fitting(typed)
        place = self._list.place_of(before) if before and not typed else self._list.first()
        self._view.setCurrentIndex(self._list.index(place) if place >= 0 else self._list.index(-1))
        self._nothing.setVisible(place < 0)
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        """Show what is chosen, and call the plan by it unless somebody typed a title."""
        source = self.chosen
        self._content = self._read_content(source)
        if not self._title.isModified():
            wanted = source.title if source.kind is From.PLAN else self._content.title
            self._title.setText("" if source.kind is From.NOTHING else wanted or source.title)
            self._title.setCursorPosition(0)
        missing = (
            self._desk.read(missing_kpis, self._content) if source.kind is From.TEMPLATE else ()
        )
        words = ngettext(
            "Add {n} KPI to the catalogue: {names}",
            "Add {n} KPIs to the catalogue: {names}",
            len(missing),
        ).format(n=len(missing), names=", ".join(missing))
        self._make_kpis.setText(self._shortened(words))
        self._make_kpis.setToolTip(words)
        self._make_kpis.setAccessibleName(words)
        self._make_kpis.setVisible(bool(missing))
        self._workdays.setVisible(source.kind is not From.NOTHING)
        self._show_preview()

    def _read_content(self, source: Source) -> PlanTemplate:
        if source.template is not None:
            return source.template.content
        if source.kind is From.PLAN:
            try:
                return self._desk.read(capture_plan, source.id)[0]
            except UserError as error:
                self._desk.messages.error(error)  # deleted meanwhile
        return PlanTemplate()

    @Slot()
    def _show_preview(self) -> None:
        source, detail = self.chosen, self._detail
        is_empty = source.kind is From.NOTHING or source.kind is None
        self._hint.setVisible(is_empty)
        self._create.setEnabled(source.template is None or not source.template.trouble)
        if is_empty or detail is None:
            self._preview.hide()
            return
        try:
            start = self._start_line.read() or today()
        except UserError:
            start = today()
        off = self._desk.read(work_calendar, detail.row.id).is_off
        calendar = Calendar(start, off if self._workdays.isChecked() else None)
        row = source.template
        pills: list[tuple[str, str]] = []
        if source.suits:
            pills.append((_("Suits this account"), "good"))
        if row is not None:
            named = (label_of(row.type), label_of(row.touch_model), row.segment)
            pills += [(words, "accent") for words in named if words]
        description = row.description if row is not None else source.below
        trouble = row.trouble if row is not None else ""
        self._preview.show_template(self._content, description, pills, calendar, trouble)
        self._preview.show()  # once it is filled: each part shown before would lay out the page

    def _shortened(self, words: str) -> str:
        return self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, 420)

    @Slot()
    def _on_enter(self) -> None:
        """Lead on from the list to the title, which is filled in and chosen."""
        self._title.setFocus(Qt.FocusReason.TabFocusReason)
        self._title.selectAll()

    def _build(self) -> None:
        look = self._desk.look
        head = QLabel(_("New plan"), self)
        head.setProperty("kind", "heading")
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText(_("Filter templates and plans…"))
        self._filter.setAccessibleName(_("Filter templates and plans"))
        self._filter.setClearButtonEnabled(True)
        self._list = SourceList(self)
        self._view = QListView(self)
        self._view.setModel(self._list)
        self._view.setItemDelegate(SourceDelegate(look, self._view))
        self._view.setAccessibleName(_("What the plan starts from"))
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._view.setMouseTracking(True)
        self._nothing = QLabel(_("Nothing fits. Change what you typed."), self)
        self._nothing.setProperty("kind", "muted")
        self._nothing.hide()
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._filter)
        left.addWidget(self._nothing)
        left.addWidget(self._view, 1)
        columns = QHBoxLayout()
        columns.setSpacing(18)
        columns.addLayout(left, 4)
        columns.addLayout(self._build_form(), 7)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(head)
        layout.addLayout(columns, 1)

    def _build_form(self) -> QVBoxLayout:
        self._title = QLineEdit(self)
        self._title.setAccessibleName(_("Title of the plan"))
        self._title.setPlaceholderText(_("Title, as the customer will read it"))
        self._start_line = DateLine(self._desk.look, self)
        self._start_line.setAccessibleName(_("Start of the plan"))
        self._workdays = QCheckBox(_("Move days off to the next working day"), self)
        self._workdays.setChecked(True)
        self._workdays.setToolTip(
            _("Nothing starts or is due on a weekend or holiday: it moves to the next working day.")
        )
        self._make_kpis = QCheckBox(self)
        self._make_kpis.setAccessibleName(_("KPIs"))  # until a template tells which
        self._make_kpis.setChecked(True)
        self._create = QPushButton(_("Create plan"), self)
        self._create.setProperty("kind", "primary")
        self._cancel = QPushButton(_("Cancel"), self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for row, (text, widget) in enumerate(
            ((_("Title"), self._title), (_("Start"), self._start_line))
        ):
            label = QLabel(text, self)
            label.setProperty("kind", "muted")
            label.setBuddy(widget)
            grid.addWidget(label, row, 0)
        self._start_line.setFixedWidth(150)
        grid.addWidget(self._title, 0, 1, 1, 2)
        grid.addWidget(self._start_line, 1, 1)
        grid.addWidget(self._workdays, 1, 2)
        grid.addWidget(self._make_kpis, 2, 1, 1, 2)
        grid.setColumnStretch(2, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        keys = QLabel(_("Enter: on, and create · Esc: back"), self)
        keys.setProperty("kind", "small")
        buttons.addWidget(keys)
        buttons.addStretch(1)
        buttons.addWidget(self._create)
        buttons.addWidget(self._cancel)
        self._preview = TemplatePreview(self._desk, self, with_dates=True)
        self._hint = QLabel(
            _(
                "An empty plan has a title and a start. Choose a template on the left to begin "
                "with goals, measures, milestones and action items."
            ),
            self,
        )
        self._hint.setProperty("kind", "muted")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addLayout(grid)
        right.addWidget(self._preview, 1)
        right.addWidget(self._hint, 1)
        right.addLayout(buttons)
        return right

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._on_filter)
        self._filter.returnPressed.connect(self._on_enter)
        self._filter.installEventFilter(self)
        self._view.selectionModel().currentChanged.connect(self._show_chosen)
        self._view.activated.connect(self._on_enter)
        self._title.returnPressed.connect(self.make_plan)
        self._start_line.returnPressed.connect(self.make_plan)
        self._start_line.textChanged.connect(self._show_preview)
        self._start_line.refused.connect(self._desk.messages.error)
        self._workdays.toggled.connect(self._show_preview)
        self._create.clicked.connect(self.make_plan)
        self._cancel.clicked.connect(self.closed)

    def minimumSizeHint(self) -> QSize:
        # It stands in a stack with the plan: texts that wrap must not make the window grow.
        return QSize(super().minimumSizeHint().width(), LEAST)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self._filter
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ARROWS
        ):
            QApplication.sendEvent(self._view, event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
