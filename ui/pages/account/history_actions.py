"""What can be done about a step of the history: undo it, take its value again, go back to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from csdesk.actions.taking_back import take_again, take_back
from csdesk.i18n import _, ngettext
from csdesk.queries.row_story import FieldStory, Happening, RowStory
from csdesk.store.undo import Skipped
from ui.commands import Command
from ui.desk import Desk
from ui.icons import icon
from ui.prompts import Message
from ui.widgets.flow import Flow


class HistoryActions(QWidget):
    """Buttons for the chosen step; each does one new step, which Undo takes back."""

    restore_asked = Signal()
    """The moment of the chosen step is wanted back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._story: RowStory | None = None
        self._build()
        self.show_story(None)

    @property
    def undo_button(self) -> QPushButton:
        """The button that undoes the chosen change."""
        return self._undo

    @property
    def again_button(self) -> QPushButton:
        """The button that takes a value of the chosen change again."""
        return self._again

    @property
    def restore_button(self) -> QPushButton:
        """The button that offers the moment of the chosen step."""
        return self._restore

    def show_story(self, story: RowStory | None) -> None:
        """Offer what can be done about a step; None where none or several are chosen."""
        self._story = None if self._desk.workspace.read_only else story
        self._undo.setEnabled(self._can_undo())
        self._again.setEnabled(self._can_take_again())
        self._restore.setEnabled(self._story is not None)

    def commands(self) -> tuple[Command, ...]:
        """Return the same for menus and the palette."""
        return (
            Command(
                "history.undo_this",
                lambda: _("Undo this change"),
                self.undo_this,
                "Ctrl+Backspace",
                "undo-2",
                is_enabled=self._can_undo,
            ),
            Command(
                "history.undo_step",
                lambda: _("Undo the whole step"),
                self.undo_step,
                is_enabled=self._can_undo,
            ),
            Command(
                "history.take_again",
                lambda: _("Take this value again"),
                self.take_again,
                "Ctrl+Return",
                "redo-2",
                is_enabled=self._can_take_again,
            ),
            Command(
                "history.restore",
                lambda: _("Restore to this moment…"),
                self.restore_asked.emit,
                is_enabled=lambda: self._story is not None,
            ),
        )

    @Slot()
    def undo_this(self) -> None:
        """Take back what the step did to this item, and to what belongs to it."""
        story = self._story
        if story is not None:
            label = _("Undo a change of “{name}”").format(name=story.name or story.kind)
            self._take_back(label, story, (story.entity, story.row_id))

    @Slot()
    def undo_step(self) -> None:
        """Take back all that the step did, here and elsewhere."""
        story = self._story
        if story is not None:
            self._take_back(_("Undo “{step}”").format(step=story.step), story, None)

    @Slot()
    def take_again(self) -> None:
        """Take the value that the step brought; ask which, where it brought several."""
        story = self._story
        if story is None:
            return
        if len(story.fields) == 1:
            self.take_field(story, story.fields[0])
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for field in story.fields:
            words = _("{label}: {text}").format(label=field.label, text=field.after or "–")
            menu.addAction(words.replace("&", "&&"), partial(self.take_field, story, field))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self._again.mapToGlobal(self._again.rect().bottomLeft()))

    def take_field(self, story: RowStory, field: FieldStory) -> None:
        """Give a field the value it had after the step."""
        label = _("Take {field} of “{name}” again").format(
            field=field.label, name=story.name or story.kind
        )
        step = self._desk.write(
            label, take_again, story.entity, story.row_id, field.name, field.stored
        )
        if step is None:
            return
        if step.change is None:
            self._desk.messages.say(Message(_("It has this value already."), "accent"))
        else:
            self._desk.offer_undo(
                _("{field} is “{value}” again.").format(field=field.label, value=field.after or "–")
            )

    def _take_back(self, label: str, story: RowStory, row: tuple[str, str] | None) -> None:
        assert story.key is not None
        step = self._desk.write(label, take_back, story.key, row)
        if step is not None:
            self._tell(label, step.result)

    def _tell(self, label: str, skipped: tuple[Skipped, ...]) -> None:
        text = _("Done: {step}").format(step=label)
        if not skipped:
            self._desk.offer_undo(text)
            return
        count = len(skipped)
        left = ngettext(
            "{n} field was changed since and stays as it is.",
            "{n} fields were changed since and stay as they are.",
            count,
        ).format(n=count)
        self._desk.messages.say(
            Message(text, "warning", left, label=_("Undo"), act=self._desk.undo)
        )

    def _can_undo(self) -> bool:
        return self._story is not None and self._story.key is not None

    def _can_take_again(self) -> bool:
        story = self._story
        return story is not None and story.happening is Happening.CHANGED and bool(story.fields)

    def _build(self) -> None:
        self._undo = self._button(_("Undo this"), "undo-2")
        self._undo.setToolTip(
            _("Take back what this step did to this item; what was changed since stays")
        )
        self._again = self._button(_("Take this value again"), "redo-2")
        self._again.setToolTip(_("Give the field the value that this step brought"))
        self._restore = self._button(_("Restore to this moment…"), "clock")
        self._restore.setToolTip(_("Show what it would take to go back to the chosen step"))
        row = Flow(self, gap=8)
        for button in (self._undo, self._again, self._restore):
            row.add(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row)
        self._undo.clicked.connect(self.undo_this)
        self._again.clicked.connect(self.take_again)
        self._restore.clicked.connect(self.restore_asked)

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setIcon(icon(self._desk.look, name, "text"))
        button.setIconSize(QSize(16, 16))
        return button
