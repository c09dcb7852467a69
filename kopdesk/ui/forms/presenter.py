"""Decides what a form saves and shows. Plain Python: no widget in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from kopdesk.domain.errors import ForbiddenChange, InvalidField
from kopdesk.domain.fields import DELETED
from kopdesk.ui.history import Applying, Change, Shown, Step

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


class Remembering(Protocol):
    """What is told of every change."""

    def add(self, change: Change) -> None: ...
    def close(self, key: RecordKey) -> None: ...


@dataclass
class _Editing:
    """One record while it is open. `begun`: what a new one starts with; `shown` is the view's; `stored` is of
    the thread that saves; `on_way` was typed last of what is still being saved.

    Every save is handed over at once and begins with what the one before it left: so nothing waits here that
    could go when another record is opened or the window is closed.
    """

    begun: Leaves = field(default_factory=dict)
    shown: OpenForm | None = None
    stored: OpenForm | None = None
    saving: Counter[str] = field(default_factory=Counter)
    on_way: dict[str, Value] = field(default_factory=dict)

    def hand_over(self, values: Leaves) -> None:
        """These are being saved."""
        self.saving.update(values.keys())
        self.on_way.update(values)

    def settle(self, values: Leaves) -> None:
        """These were saved, or refused."""
        self.saving.subtract(values.keys())
        self.on_way = {path: value for path, value in self.on_way.items() if self.saving[path]}

    def keep(self, form: OpenForm) -> None:
        """As it is on the disk now; undone to before its first word, it is what it began with."""
        self.stored = replace(form, leaves=self.begun) if form.is_new and not form.is_deleted else form

    def as_typed(self, form: OpenForm) -> OpenForm:
        """The form, with what is on its way: nobody should see an old value come back for a moment."""
        leaves = {**form.leaves, **self.on_way}
        return replace(form, leaves={path: value for path, value in leaves.items() if value is not None})


class FormPresenter:
    """Saves leaf by leaf, one commit after another in the order of typing; the history is told of each."""

    def __init__(self, view: FormView, asking: Asking, history: Remembering) -> None:
        self._view, self._asking, self._history = view, asking, history
        self._editing = _Editing()

    @property
    def form(self) -> OpenForm | None:
        """What is shown."""
        return self._editing.shown

    @property
    def typed(self) -> Leaves:
        """The leaves as they will be once everything that was typed is saved."""
        shown = self._editing.shown
        return self._editing.as_typed(shown).leaves if shown is not None else {}

    @property
    def is_settled(self) -> bool:
        """Everything that was typed is on the disk."""
        return not self._editing.saving.total()

    def open(self, key: RecordKey) -> None:
        """Show a record that is there."""
        from kopdesk.usecases.forms import open_form

        self._begin(lambda desk: open_form(desk, key))

    def begin(self, record_type: str, cooperative_id: UUID, values: Leaves) -> None:
        """Show a new one with these leaves filled in. It is there, with them, once something is typed."""
        from kopdesk.usecases.forms import new_form

        self._begin(lambda desk: new_form(desk, record_type, cooperative_id, values))

    def save(self, values: Leaves, *, for_good: bool = False) -> None:
        """These leaves were typed; together, where they belong together. `for_good`: there is no way back."""
        self._store(values, for_good=for_good)

    def delete(self, with_them: Callable[[Desk], list[OpenForm]] = lambda desk: []) -> None:
        """Mark the record as deleted, and in the same commit what goes with it."""
        self._store({DELETED: True}, with_them=with_them)

    def join(self, applying: Applying) -> bool:
        """Show what comes of a change that is taken back, if it is one of the record shown here."""
        editing, shown = self._editing, self._editing.shown
        steps = {step.key: step for step in applying.change.steps}
        if shown is None or shown.key not in steps or shown.key in applying.shown:
            return False
        paths = steps[shown.key].before

        def show(form: OpenForm) -> None:
            if editing is self._editing:
                self._show(editing, self._beside_typing(editing.stored or form, but=paths))

        applying.shown[shown.key] = Shown(editing.keep, show)
        return True

    def reload(self) -> None:
        """Something came from elsewhere: show it, but for what somebody is typing."""
        from kopdesk.usecases.forms import open_form

        editing = self._editing
        if editing.shown is None or editing.shown.is_new or not self.is_settled:
            return
        key = editing.shown.key

        def reloaded(form: OpenForm) -> None:
            if editing is self._editing and self.is_settled:  # a save on its way knows better
                self._show(editing, self._beside_typing(form, but={}))

        self._asking.ask(lambda desk: open_form(desk, key), reloaded, self._view.tell_lost)

    def _begin(self, opening: Callable[[Desk], OpenForm]) -> None:
        editing = self._editing = _Editing()

        def open_it(desk: Desk) -> OpenForm:
            editing.stored = opening(desk)
            return editing.stored

        self._asking.ask(open_it, partial(self._show, editing), self._view.tell_lost)

    def _show(self, editing: _Editing, form: OpenForm) -> None:
        editing.shown = form
        if editing is self._editing:
            self._view.show_form(editing.as_typed(form))

    def _beside_typing(self, new: OpenForm, *, but: Leaves) -> OpenForm:
        """What somebody types was typed over what the form showed before, whatever has come meanwhile."""
        assert self.form is not None
        for path in self._view.typing_paths() - but.keys():
            new = new.shows(self.form, path)
        return new

    def _store(
        self,
        values: Leaves,
        *,
        for_good: bool = False,
        with_them: Callable[[Desk], list[OpenForm]] = lambda desk: [],
    ) -> None:
        editing, shown = self._editing, self._editing.shown
        # Typed over what the view showed; where an own save is on its way, over what that will have left.
        over_shown = [path for path in values if not editing.saving[path]]
        editing.hand_over(values)
        self._asking.change(
            lambda desk: _stored(desk, editing, shown, over_shown, values, with_them),
            partial(self._saved, editing, values, for_good),
            partial(self._not_saved, editing, values),
        )

    def _saved(
        self,
        editing: _Editing,
        values: Leaves,
        for_good: bool,
        change: Change,
    ) -> None:
        step = change.steps[0]
        form = step.form_after
        editing.settle(values)
        if editing is self._editing and editing.shown is not None:
            form = self._beside_typing(form, but=values)
        self._show(editing, form)
        self._view.tell_saved()
        if for_good:
            self._history.close(step.key)
        else:
            self._history.add(change)

    def _not_saved(self, editing: _Editing, values: Leaves, error: Exception) -> None:
        """What was typed stays on the form; the fault is told beside it."""
        editing.settle(values)
        path = error.path if isinstance(error, InvalidField | ForbiddenChange) else ""
        self._view.tell_fault(path or next(iter(values), ""), error)


def _gone_with(leaves: Leaves, values: Leaves) -> Leaves:
    """What goes with a deleted row or record: one that was never sent leaves nothing to be marked back."""
    marks = [path for path, value in values.items() if path.endswith(DELETED) and value is True]
    within = tuple(mark.removesuffix(DELETED) for mark in marks)
    return {path: value for path, value in leaves.items() if within and path.startswith(within)}


def _stored(
    desk: Desk,
    editing: _Editing,
    shown: OpenForm | None,
    over_shown: list[str],
    values: Leaves,
    with_them: Callable[[Desk], list[OpenForm]],
) -> Change:
    """In the thread that saves, after everything that was handed over before."""
    from kopdesk.usecases.forms import save_forms

    form = editing.stored
    assert form is not None, "what could not be opened cannot be typed into"
    if shown is not None:
        for path in over_shown:
            form = form.shows(shown, path)
    if form.is_new:
        editing.begun = form.leaves
        values = {**form.leaves, **values}
    changes = [(form, values), *((one, {DELETED: True}) for one in with_them(desk))]
    saved = save_forms(desk, changes)
    editing.keep(saved[0])
    assert editing.stored is not None
    now = [editing.stored, *saved[1:]]
    return Change(tuple(map(_step, changes, now)))


def _step(change: tuple[OpenForm, Leaves], now: OpenForm) -> Step:
    form, values = change
    before = {path: None if form.is_new else form.leaves.get(path) for path in values}
    if not form.is_new:
        before |= _gone_with(form.leaves, values)
    after = values if now.is_new else {path: now.leaves.get(path) for path in values}
    return Step(before, after, form, now)
