"""One difference between two people, both values, and the decision."""

from functools import partial

from PySide6.QtWidgets import QWidget

from kopdesk.domain.conflict import Choice
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import SMALL
from kopdesk.ui.widgets.buttons import plain
from kopdesk.ui.widgets.frames import Card
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import row
from kopdesk.usecases.conflicts import ConflictCase, resolve_conflict
from kopdesk.wording.catalogue import _
from kopdesk.wording.differences import conflict_sentence
from kopdesk.wording.labels import path_label
from kopdesk.wording.sentences import sentence_for
from kopdesk.wording.shortening import shortened
from kopdesk.wording.titles import record_heading
from kopdesk.wording.values import field_text

_LONGEST_VALUE = 40
_MOST_DELETED = 12


class ConflictCard(Card):
    """Told in the words of the form. Both values are kept until somebody chooses."""

    def __init__(self, session: Session, case: ConflictCase, parent: QWidget | None = None) -> None:
        zone = session.zone
        super().__init__(record_heading(case.about.type, case.cooperative_name, case.record, zone), parent)
        self._session, self._case = session, case
        self.body.addWidget(
            PlainLabel(conflict_sentence(case.conflict, case.current, case.record, zone=zone))
        )
        if case.deletes:
            self.body.addWidget(PlainLabel(self._what_goes(zone), "quiet"))
        self._fault = PlainLabel("", tone="bad")
        self._fault.hide()
        kept, offered = case.conflict.kept_value, case.conflict.offered_value
        self._buttons = [
            plain(self._told(kept), partial(self._decide, Choice.KEPT)),
            plain(self._told(offered), partial(self._decide, Choice.OFFERED)),
        ]
        self.body.addLayout(row(*self._buttons, None, gap=SMALL))
        self.body.addWidget(self._fault)

    def _told(self, value: object) -> str:
        conflict = self._case.conflict
        text = field_text(self._case.about.type, conflict.about_path or "", value, self._session.zone)  # type: ignore[arg-type]
        return _("Pakai “{value}”").format(value=shortened(text, _LONGEST_VALUE))

    def _what_goes(self, zone: str) -> str:
        kind = self._case.about.type
        lines = [
            f"{path_label(kind, path)}: {field_text(kind, path, value, zone)}"
            for path, value in list(self._case.deletes.items())[:_MOST_DELETED]
        ]
        rest = len(self._case.deletes) - len(lines)
        more = [_("dan {n} isian lain").format(n=rest)] if rest else []
        return "\n".join([_("Yang ikut hilang bila dihapus:"), *lines, *more])

    def _decide(self, choice: Choice) -> None:
        for button in self._buttons:
            button.setEnabled(False)
        case = self._case
        self._session.change(
            lambda desk: resolve_conflict(desk, case.conflict.id, choice, seen=case.seen),
            failed=self._on_failed,
            owner=self,
        )

    def _on_failed(self, error: Exception) -> None:
        for button in self._buttons:
            button.setEnabled(True)
        self._fault.setText(sentence_for(error))
        self._fault.show()
