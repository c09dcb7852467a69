"""A promise: what, who, until when, and how it ended."""

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


class FollowUpForm(RecordForm):
    """Done or dropped with one press, then `decided`; dropping wants its reason."""

    decided = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "follow_up", parent)
        self._state = PlainLabel("", "small")
        self._origin = link(_("Lihat asalnya"), self._show_origin)
        self._done = primary(_("Selesai"), self.finish)
        self._drop = plain(_("Batalkan"), self.drop)
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
        foot = row(self._done, self._drop, None)
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
        is_open = state == FollowUpState.OPEN and not form.is_read_only
        self._state.setText(choice_label(FollowUpState, state))
        self._origin.setVisible(bool(form.leaves.get("origin_id")))
        self._done.setVisible(is_open)
        self._drop.setVisible(is_open)
