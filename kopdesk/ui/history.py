"""What was changed, one after another: Ctrl+Z takes the last back wherever it was, Ctrl+Y does it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kopdesk.domain.fields import DELETED

if TYPE_CHECKING:
    from kopdesk.domain.records import Leaves, RecordKey
    from kopdesk.ui.session import Session
    from kopdesk.usecases.desk import Desk
    from kopdesk.usecases.forms import OpenForm

_MOST = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One record in a change. The forms: as it stood, for a record that leaves no trace on the disk."""

    before: Leaves
    after: Leaves
    form_before: OpenForm
    form_after: OpenForm

    @property
    def key(self) -> RecordKey:
        """Of the record."""
        return self.form_before.key

    def concerns(self, key: RecordKey) -> bool:
        """Whether it is this record, or a promise that came of it."""
        origins = {str(form.leaves.get("origin_id")) for form in (self.form_before, self.form_after)}
        return self.key == key or str(key.id) in origins


@dataclass(frozen=True, slots=True)
class Change:
    """What one act of a person changed: one record, or several together."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A form that shows a record: `store` is for the thread that saves, `show` for the window's."""

    store: Callable[[OpenForm], None]
    show: Callable[[OpenForm], None]


@dataclass
class Applying:
    """A change on its way back, or there again. Whoever shows one of its records joins."""

    change: Change
    is_undo: bool
    shown: dict[RecordKey, Shown] = field(default_factory=dict)
    is_in_sight: bool = False

    def concerns(self, key: RecordKey) -> bool:
        """Whether it is about this record, or a promise that came of it."""
        return any(step.concerns(key) for step in self.change.steps)


class History(QObject):
    """`changed`: what can be taken back is another now. `applying`: who shows one of its records may join."""

    changed = Signal()
    applying = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._done: list[Change] = []
        self._undone: list[Change] = []

    def add(self, change: Change) -> None:
        """Something was changed by hand."""
        self._done = [*self._done, change][-_MOST:]
        self._undone.clear()
        self.changed.emit()
        if (told := _deleted_told(change, self._session.zone)) is not None:
            self._session.told.emit(told)

    def close(self, key: RecordKey) -> None:
        """There is no way back to before this for the record."""
        self._done = [one for one in self._done if all(step.key != key for step in one.steps)]
        self._undone.clear()
        self.changed.emit()

    def is_about(self, key: RecordKey) -> bool:
        """Whether the last change is one of this record, or of a promise that came of it."""
        return bool(self._done) and any(step.concerns(key) for step in self._done[-1].steps)

    def undo(self) -> None:
        """Take the last change back, once all that was typed is saved. That is a change too, and is sent."""
        self._session.ask(lambda desk: None, lambda _: self._apply(is_undo=True))

    def redo(self) -> None:
        """What was taken back last is there again."""
        self._session.ask(lambda desk: None, lambda _: self._apply(is_undo=False))

    def _apply(self, *, is_undo: bool) -> None:
        changes = self._done if is_undo else self._undone
        if not changes:
            self._session.told.emit(_nothing_told(is_undo))
            return
        applying = Applying(changes.pop(), is_undo)
        self.changed.emit()
        self.applying.emit(applying)
        self._session.change(partial(apply_change, applying), partial(self._on_applied, applying))

    def _on_applied(self, applying: Applying, forms: list[OpenForm] | None) -> None:
        from kopdesk.wording.undoing import applied_told, refused_told

        first = applying.change.steps[0]
        if forms is None:
            self._session.told.emit(refused_told(first, self._session.zone))
            return
        (self._undone if applying.is_undo else self._done).append(applying.change)
        for form in forms:
            if form.key in applying.shown:
                applying.shown[form.key].show(form)
        self.changed.emit()
        self._session.told.emit(applied_told(first, self._session.zone, is_undo=applying.is_undo))
        here = forms[0]
        if not (applying.is_in_sight or here.is_new or here.is_deleted):
            self._session.record_requested.emit(here.key.type, here.key.id, here.cooperative_id)


def apply_change(applying: Applying, desk: Desk) -> list[OpenForm] | None:
    """In the thread that saves, in one commit; None if something was changed again since: then nothing is."""
    from kopdesk.usecases.forms import save_forms

    wanted: list[tuple[OpenForm, Leaves]] = []
    for step in applying.change.steps:
        values, expected = (step.before, step.after) if applying.is_undo else (step.after, step.before)
        now = _now(desk, step, is_undo=applying.is_undo)
        if not now.is_new and any(now.leaves.get(path) != value for path, value in expected.items()):
            return None
        wanted.append((now, values))
    forms = save_forms(desk, wanted)
    for form in forms:
        if form.key in applying.shown:
            applying.shown[form.key].store(form)
    return forms


def _now(desk: Desk, step: Step, *, is_undo: bool) -> OpenForm:
    """As it is on the disk; what has left no trace there, as it was when it went or before it came."""
    from kopdesk.domain.errors import RecordNotFound
    from kopdesk.usecases.forms import open_form

    try:
        return open_form(desk, step.key)
    except RecordNotFound:
        return step.form_after if is_undo else step.form_before


def _deleted_told(change: Change, zone: str) -> str | None:
    if not any(value is True and path.endswith(DELETED) for path, value in change.steps[0].after.items()):
        return None
    from kopdesk.wording.undoing import deleted_told

    return deleted_told(change.steps[0], len(change.steps) - 1, zone)


def _nothing_told(is_undo: bool) -> str:
    from kopdesk.wording.catalogue import _

    return _("Tidak ada yang bisa diurungkan.") if is_undo else _("Tidak ada yang bisa diulangi.")
