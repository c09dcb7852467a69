"""A grid with its heading, and below it what could not be read."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kopdesk.domain.fields import Kind
from kopdesk.domain.ids import next_key
from kopdesk.domain.record_types import leaf_at
from kopdesk.ui.forms.form import RecordForm, caption
from kopdesk.ui.theme.tokens import SMALL
from kopdesk.ui.widgets.buttons import leading, quiet
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_cells import GridColumn
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row
from kopdesk.wording.catalogue import _
from kopdesk.wording.choices import choice_label
from kopdesk.wording.figures import counted
from kopdesk.wording.labels import path_label


def leaf_column(
    record_type: str, path: str, *, width: int = 110, places: int = 0, label: str = "", stretch: bool = False
) -> GridColumn:
    """A column for a leaf of a row: its kind, choices and label are those of the leaf."""
    spec = leaf_at(record_type, path.format(key="k"))
    assert spec is not None, f"no leaf {path} in {record_type}"
    name = path.rpartition("/")[2]
    told = label or path_label(record_type, path.format(key="k")).split(" › ")[-1]
    is_percent = spec.kind == Kind.BASIS_POINTS
    return GridColumn(
        name=name,
        label=told[:1].upper() + told[1:] + (" (%)" if is_percent and not label else ""),
        kind=spec.kind,
        path=path,
        width=width,
        choices=[(word, choice_label(spec.choices, word)) for word in spec.choices],
        places=places or (2 if is_percent else 0),
        stretch=stretch,
    )


class GridBox(QWidget):
    """`grid` belongs to a form: shown, saved and left with it."""

    def __init__(
        self,
        form: RecordForm,
        title: str,
        columns: Sequence[GridColumn],
        *,
        group: str = "",
        most_rows: int = 14,
        hint: str = "",
        name: str = "",
        grid: Grid | None = None,
    ) -> None:
        super().__init__()
        random = form.session.program.random_bytes
        self.grid = grid or Grid(
            columns,
            title or name,
            today=lambda: form.session.today,
            group=group,
            new_key=lambda others: next_key(others, random(8)),
            most_rows=most_rows,
            feeder=form.session.feeder,
        )
        self._faults = PlainLabel("", "small", tone="bad")
        self._show_fault = quiet(_("Ke isian itu"), self.grid.go_to_fault)
        self._remove = leading(_("Hapus baris ini (Ctrl+−)"), self.grid.remove_rows, "close")
        foot = row(self._remove, self._faults, self._show_fault, None, gap=SMALL)
        above = (caption(title),) if title else ()
        told = (PlainLabel(hint, "small"),) if hint else ()
        self.setLayout(column(*above, *told, self.grid, foot, gap=SMALL))
        self.grid.faults_changed.connect(self._on_faults)
        self._on_faults(0)
        self._remove.setVisible(bool(group))  # not before it has a parent: it would be a window of its own
        if group:
            self.grid.allowed_changed.connect(self._remove.setVisible)
        form.add_grid(self.grid)

    def _on_faults(self, count: int) -> None:
        self._faults.setText(
            _("{fields} belum terbaca, jadi belum disimpan.").format(fields=counted(count, "field"))
        )
        self._faults.setVisible(count > 0)
        self._show_fault.setVisible(count > 0)
