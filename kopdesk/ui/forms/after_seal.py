"""Of what is locked nothing is changed: what was wrong is corrected, what was left out added, both signed."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kopdesk.domain.fields import Kind, group_of, pattern_of, patterns
from kopdesk.domain.ids import short_key
from kopdesk.domain.record_types import TYPES, leaf_at
from kopdesk.domain.records import Leaves
from kopdesk.domain.values import Value
from kopdesk.ui.forms.controls import control_for, leaf_control
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import MEDIUM, SMALL
from kopdesk.ui.widgets.buttons import plain
from kopdesk.ui.widgets.fields import Field, TextField
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, emptied, row, widget_of
from kopdesk.ui.widgets.select import SelectBox
from kopdesk.usecases.forms import OpenForm
from kopdesk.wording.catalogue import _
from kopdesk.wording.labels import path_label
from kopdesk.wording.later import later_lines
from kopdesk.wording.titles import row_title
from kopdesk.wording.values import field_text

_CORRECTED = (
    *(Kind.TEXT, Kind.LINE, Kind.DATE, Kind.TIME, Kind.CODE, Kind.COORDINATE, Kind.COUNT),
    *(Kind.MONEY, Kind.FLAG, Kind.MONTH),
)
_NEVER = (
    *("state", "sealed_at", "concluded_at", "signed_photo_id", "zone", "made_offline_at"),
    *("rule_pack", "rule_pack_version", "corrections", "additions"),
)
"""What is no content."""


class AfterSeal(QWidget):
    """`written`: the leaves of a correction or addition, to be saved together. `locked`: the state in which a
    record of this type is. `may_be_missing`: paths that can be corrected though nothing stands there, beside
    the plain leaves.
    """

    written = Signal(object)

    def __init__(
        self,
        session: Session,
        record_type: str,
        locked: str,
        *,
        may_be_missing: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._type, self._locked = session, record_type, locked
        self._may_be_missing = [*group_of(TYPES[record_type].form).leaves, *may_be_missing]
        self._form: OpenForm | None = None
        self.control: QWidget | None = None
        self._lines = column(gap=SMALL)
        self._correct = plain(_("Tulis koreksi"), self.begin_correction, "edit")
        self._add = plain(_("Tulis tambahan"), self.begin_addition, "plus")
        self._buttons = widget_of(row(self._correct, self._add, None))
        self.correction, self.addition = self._make_correction(), self._make_addition()
        for part in (self.correction, self.addition):
            part.setProperty("together", True)  # what is asked is in sight with the button that saves it
        self.setLayout(column(self._lines, self._buttons, self.correction, self.addition, gap=MEDIUM))
        self._reset()

    def show_form(self, form: OpenForm) -> None:
        """What has been written since the seal; nothing before it."""
        is_other = self._form is None or form.key != self._form.key
        self._form = form
        self.setVisible(form.leaves.get("state") == self._locked)
        if is_other:
            self._reset()
        emptied(self._lines)
        for line in later_lines(self._type, form.leaves, self._session.zone):
            self._lines.addWidget(PlainLabel(line))
        self._buttons.setVisible(not form.is_read_only and self._is_reading)

    def leave(self) -> None:
        """What is written and complete is saved, also without its button; nothing that was typed is lost."""
        if not self.addition.isHidden():
            self.save_addition()
        if not self.correction.isHidden():
            self.save_correction()

    @property
    def _is_reading(self) -> bool:
        return self.correction.isHidden() and self.addition.isHidden()

    def _make_correction(self) -> QWidget:
        self.which = SelectBox()
        self.which.currentIndexChanged.connect(self._on_which)
        self._stands = PlainLabel("", "small")
        self._place = column()
        self.reason = TextField(1, 4)
        self.why = Field(_("Alasan koreksi"), self.reason)
        save = plain(_("Simpan koreksi"), self.save_correction, "check")
        cancel = plain(_("Batal"), self._reset)
        return widget_of(
            column(
                Field(_("Yang keliru"), self.which),
                self._stands,
                self._place,
                self.why,
                row(save, cancel, None),
                gap=SMALL,
            )
        )

    def _make_addition(self) -> QWidget:
        self.text = TextField(2, 6)
        save = plain(_("Simpan tambahan"), self.save_addition, "check")
        cancel = plain(_("Batal"), self._reset)
        return widget_of(column(Field(_("Tambahan"), self.text), row(save, cancel, None), gap=SMALL))

    def _reset(self) -> None:
        self.correction.hide()
        self.addition.hide()
        self._buttons.show()
        self.text.clear()
        self.reason.clear()
        self.why.tell("")

    def begin_correction(self) -> None:
        """Ask what is wrong, what it should be, and why."""
        assert self._form is not None
        self.which.blockSignals(True)
        self.which.clear()
        for path in sorted({*self._form.leaves, *self._may_be_missing}, key=self._as_on_the_form):
            spec = leaf_at(self._type, path)
            if spec is not None and spec.kind in _CORRECTED and path.split("/")[0] not in _NEVER:
                self.which.addItem(self._called(path), path)
        self.which.blockSignals(False)
        self._on_which()
        self._buttons.hide()
        self.correction.show()
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    def _as_on_the_form(self, path: str) -> tuple[int, str]:
        known = list(patterns(TYPES[self._type].form))
        pattern = pattern_of(path)
        return known.index(pattern) if pattern in known else len(known), path

    def _called(self, path: str) -> str:
        assert self._form is not None
        text = field_text(self._type, path, self._form.leaves.get(path), self._session.zone)
        row = row_title(self._type, path.rpartition("/")[0], self._form.leaves, besides=path)
        whose = f" ({row})" if row and row != text else ""
        return f"{path_label(self._type, path)}{whose}: {text[:60] or _('(kosong)')}"

    def _on_which(self) -> None:
        path = self.which.currentData()
        spec = leaf_at(self._type, path) if path else None
        emptied(self._place)
        if spec is None or self._form is None:
            return
        self._stands.setText(_("Yang dikunci tetap terbaca; koreksi ditulis di sampingnya."))
        self.control = control_for(spec, lambda: self._session.today, path=path)
        leaf_control(self.control).show_value(self._form.leaves.get(path))
        self._place.addWidget(Field(_("Seharusnya"), self.control))

    def save_correction(self) -> None:
        """Write it beside what was locked; without a reason nothing is written."""
        path = self.which.currentData()
        if self.control is None or self._form is None or not path:
            return
        leaf_control(self.control).leave()
        self.reason.leave()
        value = leaf_control(self.control).value
        if not self.reason.value:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            self.why.tell(_("Tulis alasannya dulu, baru koreksi disimpan."))
        elif value == self._form.leaves.get(path):
            self.why.tell(_("Nilainya masih sama dengan yang dikunci."))
        else:
            self._write("corrections", {"path": path, "value": value, "reason": self.reason.value})

    def begin_addition(self) -> None:
        """Ask what was left out."""
        self._buttons.hide()
        self.addition.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_addition(self) -> None:
        """Write it below what was locked."""
        self.text.leave()
        if self.text.value:
            self._write("additions", {"text": self.text.value})

    def _write(self, group: str, values: dict[str, Value]) -> None:
        key = short_key(self._session.program.random_bytes(8))
        now: datetime = self._session.program.now()
        signed = {**values, "by": self._session.owner_name, "at": f"{now:%Y-%m-%dT%H:%M:%SZ}"}
        leaves: Leaves = {f"{group}/{key}/{name}": value for name, value in signed.items()}
        self._reset()
        self._correct.setFocus(Qt.FocusReason.OtherFocusReason)  # what was written appears above it
        self.written.emit(leaves)


def choose_signed_page(parent: QWidget, pattern: str) -> str:
    """The photo of the page both have signed; empty if none was chosen."""
    chosen, _filter = QFileDialog.getOpenFileName(
        parent, _("Foto halaman yang ditandatangani"), "", f"{_('Foto')} ({pattern})"
    )
    return chosen
