"""Decides what a form saves and shows. Plain Python: no widget in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from kopdesk.domain.errors import ForbiddenChange, InvalidField
from kopdesk.domain.fields import DELETED

if TYPE_CHECKING:
    from uuid import UUID

    from kopdesk.domain.records import Leaves, RecordKey
    from kopdesk.domain.values import Value
    from kopdesk.usecases.desk import Desk
    from kopdesk.usecases.forms import OpenForm

Result = TypeVar("Result")


class FormView(Protocol):
    """What shows a form."""

    def show_form(self, form: OpenForm) -> None:
        """The leaves as they are now; never into what somebody is typing."""
        ...

    def typing_paths(self) -> frozenset[str]:
        """The leaves into which somebody is typing: what they showed before counts as what was seen."""
        ...

    def tell_saved(self) -> None: ...
    def tell_fault(self, path: str, error: Exception) -> None: ...
    def tell_lost(self, error: Exception) -> None: ...


class Asking(Protocol):
    """The session, as far as a form needs it."""

    def ask(
        self,
        use_case: Callable[[Desk], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None: ...
    def change(
        self,
        use_case: Callable[[Desk], Result],
        done: Callable[[Result], None] = ...,
        failed: Callable[[Exception], None] | None = None,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class _Edit:
    before: Leaves
    after: Leaves


class FormPresenter:
    """Saves leaf by leaf, one commit after another in the order of typing; remembers how to take it back."""

    def __init__(self, view: FormView, asking: Asking) -> None:
        self._view, self._asking = view, asking
        self.form: OpenForm | None = None
        self._waiting: list[Mapping[str, Value]] = []
        self._is_saving = False
        self._done: list[_Edit] = []

    @property
    def is_settled(self) -> bool:
        """Everything that was typed is on the disk."""
        return not self._waiting and not self._is_saving

    @property
    def can_undo(self) -> bool:
        """Whether anything was changed on this form since it was opened."""
        return bool(self._done)

    def open(self, key: RecordKey) -> None:
        """Show a record that is there."""
        from kopdesk.usecases.forms import open_form

        self._begin()
        self._asking.ask(lambda desk: open_form(desk, key), self._show, self._view.tell_lost)

    def begin(self, record_type: str, cooperative_id: UUID, values: Leaves) -> None:
        """Show a new one with these leaves filled in. It is there, with them, once something is typed."""
        from kopdesk.usecases.forms import new_form

        def begun(form: OpenForm) -> None:
            self._show(replace(form, leaves=values))
            self._go_on()

        self._begin()
        self._asking.ask(
            lambda desk: new_form(desk, record_type, cooperative_id), begun, self._view.tell_lost
        )

    def save(self, values: Leaves) -> None:
        """These leaves were typed; together, where they belong together."""
        self._waiting.append(dict(values))
        self._go_on()

    def delete(self) -> None:
        """Mark the record as deleted; `undo` brings it back."""
        self.save({DELETED: True})

    def undo(self) -> None:
        """Put back what the last change changed. That is a change like others: it is sent too."""
        if self._done and self.is_settled:
            last = self._done.pop()
            self._store(last.before, is_undo=True)

    def reload(self) -> None:
        """Something came from elsewhere: show it, but for what somebody is typing."""
        from kopdesk.usecases.forms import open_form

        if self.form is None or self.form.is_new or not self.is_settled:
            return
        key = self.form.key
        self._asking.ask(lambda desk: open_form(desk, key), self._show_beside_typing, self._view.tell_lost)

    def _begin(self) -> None:
        self.form, self._waiting, self._done = None, [], []

    def _show(self, form: OpenForm) -> None:
        self.form = form
        self._view.show_form(form)

    def _show_beside_typing(self, new: OpenForm) -> None:
        if not self.is_settled or self.form is None:  # a save on its way knows better
            return
        self._show(self._beside_typing(new, but={}))

    def _beside_typing(self, new: OpenForm, *, but: Leaves) -> OpenForm:
        """What somebody types was typed over what the form showed before, whatever has come meanwhile."""
        assert self.form is not None
        for path in self._view.typing_paths() - but.keys():
            new = new.shows(self.form, path)
        return new

    def _go_on(self) -> None:
        if self._waiting and not self._is_saving and self.form is not None:
            self._store(self._waiting.pop(0))

    def _store(self, values: Leaves, *, is_undo: bool = False) -> None:
        from kopdesk.usecases.forms import save_form

        assert self.form is not None
        form = self.form
        if form.is_new:
            values = {**form.leaves, **values}
        before = {path: None if form.is_new else form.leaves.get(path) for path in values}
        self._is_saving = True
        self._asking.change(
            lambda desk: save_form(desk, form, values),
            partial(self._saved, _Edit(before, values), is_undo),
            partial(self._not_saved, values),
        )

    def _saved(self, edit: _Edit, is_undo: bool, form: OpenForm) -> None:
        self._is_saving = False
        if not is_undo:
            self._done.append(edit)
        self._show(self._beside_typing(form, but=edit.after))
        self._view.tell_saved()
        self._go_on()

    def _not_saved(self, values: Leaves, error: Exception) -> None:
        """What was typed stays on the form; the fault is told beside it."""
        self._is_saving = False
        path = error.path if isinstance(error, InvalidField | ForbiddenChange) else ""
        self._view.tell_fault(path or next(iter(values), ""), error)
        self._go_on()
