"""A promise: what, who, until when, and how it ended."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kopdesk.domain.follow_up import FollowUpState
from kopdesk.ui.forms.controls import leaf_control
from kopdesk.ui.forms.form import RecordForm
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import MEDIUM
from kopdesk.ui.widgets.buttons import link, plain, primary
from kopdesk.ui.widgets.fields import Field, TextField
from kopdesk.ui.widgets.frames import Scroll
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.usecases.forms import OpenForm
from kopdesk.wording.catalogue import _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import short_date


class FollowUpForm(RecordForm):
    """Done or dropped with one press, then `decided`; dropping wants its reason. What has ended can be opened
    again."""

    decided = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "follow_up", parent)
        self._state = PlainLabel("", "small")
        self._origin = link(_("Lihat asalnya"), self._show_origin)
        self._done = primary(_("Selesai"), self.finish)
        self._drop = plain(_("Batalkan"), self.drop)
        self._reopen = plain(_("Buka lagi"), self.reopen, "undo")
        content = column(
            self._state,
            self._origin,
            self.field("promise", control=TextField(3)),
            self.field("responsible"),
            self.field("due_on"),
            self.field("result"),
            self.field("drop_reason"),
            None,
            gap=MEDIUM,
        )
        foot = row(self._done, self._drop, None, self._reopen)  # not under a finger that just ended it
        self.setLayout(column(Scroll(widget_of(content)), foot, gap=MEDIUM, wide=0))
        self.shown.connect(self._on_shown)

    @property
    def first(self) -> QWidget:
        """Where one begins to type."""
        return self.fields["promise"].control

    def finish(self) -> None:
        """The promise was kept, today."""
        self.leave()
        self._decide(FollowUpState.DONE)

    def drop(self) -> None:
        """It is given up; the reason has to be there."""
        self.leave()
        reason: Field = self.fields["drop_reason"]
        if self.form is not None and not leaf_control(reason.control).value:
            reason.tell(_("Alasannya belum ada. Tulis alasan dulu."))
            reason.control.setFocus()
            return
        self._decide(FollowUpState.DROPPED)

    def reopen(self) -> None:
        """It ended by mistake, or was not kept after all."""
        self.presenter.save({"state": FollowUpState.OPEN, "closed_on": None})

    def _decide(self, state: FollowUpState) -> None:
        self.presenter.save({"state": state, "closed_on": self.session.today.isoformat()})
        self.decided.emit()

    def _show_origin(self) -> None:
        if self.form is not None and self.form.leaves.get("origin_id"):
            origin = UUID(str(self.form.leaves["origin_id"]))
            kind = str(self.form.leaves.get("origin_type") or "visit")
            self.session.record_requested.emit(kind, origin, self.form.cooperative_id)

    def _on_shown(self, form: OpenForm) -> None:
        state = str(form.leaves.get("state") or FollowUpState.OPEN)
        may_write = not form.is_read_only and not form.is_deleted
        is_open = state == FollowUpState.OPEN and may_write
        self._state.setText(_state_told(form, state))
        self._origin.setVisible(bool(form.leaves.get("origin_id")))
        self.fields["drop_reason"].setVisible(state != FollowUpState.DONE)
        for button in (self._done, self._drop):
            button.setVisible(is_open)
        self._reopen.setVisible(may_write and not is_open)
        for path, field in self.fields.items():
            leaf_control(field.control).setEnabled(is_open or (path == "result" and may_write))


def _state_told(form: OpenForm, state: str) -> str:
    closed_on = form.leaves.get("closed_on")
    label = choice_label(FollowUpState, state)
    return f"{label}, {short_date(date.fromisoformat(str(closed_on)))}" if closed_on else label
