"""Every key of the window, declared once: the shortcuts are made from it, and so is the list on F1."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from kopdesk.ui.theme.tokens import LARGE, SMALL, WIDE
from kopdesk.ui.widgets.buttons import plain
from kopdesk.ui.widgets.frames import Scroll
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.wording.catalogue import N_, _


@dataclass(frozen=True, slots=True)
class Key:
    """`act`: what the window or the open page is told."""

    act: str
    keys: str
    told: str


KEYS = (
    Key("find", "Ctrl+K", N_("Cari koperasi, orang, kunjungan, atau perintah")),
    Key("new", "Ctrl+N", N_("Catat kunjungan baru")),
    Key("sync", "Ctrl+S", N_("Sinkronkan sekarang")),
    Key("undo", "Ctrl+Z", N_("Urungkan perubahan terakhir")),
    Key("print", "Ctrl+P", N_("Cetak yang sedang dibuka")),
    Key("edit", "F2", N_("Ubah yang dipilih")),
    Key("refresh", "F5", N_("Muat ulang halaman")),
    Key("delete", "Ctrl+Del", N_("Hapus baris atau catatan yang dipilih (bisa diurungkan)")),
    Key("promise", "Ctrl+J", N_("Jadikan janji temuan yang sedang ditulis")),
    Key("back", "Alt+Left", N_("Kembali ke daftar")),
    Key("keys", "F1", N_("Tampilkan daftar tombol ini")),
    Key("close", "Ctrl+Q", N_("Tutup Kopdesk")),
)
IN_FORMS = (
    ("Tab", N_("Isian berikutnya; yang ditinggalkan langsung tersimpan")),
    ("Shift+Tab", N_("Isian sebelumnya")),
    ("H", N_("Di isian tanggal: hari ini")),
    ("+ / -", N_("Di isian tanggal: sehari maju atau mundur")),
    ("Alt+↓", N_("Di isian tanggal: buka kalender")),
    ("Esc", N_("Tutup daftar atau panel")),
)


class KeyList(QDialog):
    """All keys, to be closed with any of Esc, Enter or F1."""

    def __init__(self, pages: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Tombol papan ketik"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(WIDE)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(1, 1)
        rows = [(key.keys, _(key.told)) for key in KEYS]
        rows[1:1] = [
            (f"Ctrl+{at}", _("Halaman {page}").format(page=page)) for at, page in enumerate(pages, 1)
        ]
        rows += [(keys, _(told)) for keys, told in IN_FORMS]
        for at, (keys, told) in enumerate(rows):
            grid.addWidget(PlainLabel(keys, "strong"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(PlainLabel(told), at, 1)
        scroll = Scroll(widget_of(column(grid, None)))
        close = plain(_("Tutup"), self.accept)
        close.setDefault(True)
        self.setLayout(
            column(PlainLabel(self.windowTitle(), "title"), scroll, row(None, close), gap=LARGE, margin=WIDE)
        )
        self.resize(560, 560)
