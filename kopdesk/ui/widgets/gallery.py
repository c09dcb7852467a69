"""All own controls on one page: to look at after a change, in both schemes."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from kopdesk.domain.fields import Kind
from kopdesk.ui.theme.theme import colour_of
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, WIDE
from kopdesk.ui.widgets.amount import AmountField, CountField
from kopdesk.ui.widgets.buttons import link, plain, primary, quiet, symbol_button
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.dates import DateField, TimeField
from kopdesk.ui.widgets.fields import Field, LineField, TextField
from kopdesk.ui.widgets.frames import Banner, Card, EmptyState, Fold, Scroll, line
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_cells import GridColumn
from kopdesk.ui.widgets.grid_totals import with_totals
from kopdesk.ui.widgets.labels import LineLabel, PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.ui.widgets.lights import Light
from kopdesk.ui.widgets.photo_strip import SIDE, PhotoStrip, SmallPhoto
from kopdesk.ui.widgets.row_button import row_button
from kopdesk.ui.widgets.suggesting import SuggestField
from kopdesk.ui.widgets.tabs import Tabs
from kopdesk.wording.catalogue import _


def gallery() -> QWidget:
    """The page, with what an assistant might have typed."""
    left = column(_texts(), _buttons(), _lights(), _rows(), None, gap=LARGE)
    right = column(_fields(), _choices(), _folds(), _photos(), None, gap=LARGE)
    banners = column(*_banners(), gap=MEDIUM)
    content = column(banners, row(left, right, gap=LARGE), _grid(), _empty(), gap=LARGE, margin=WIDE)
    page = widget_of(column(Scroll(widget_of(content))), kind="page")
    page.setWindowTitle(_("Contoh kontrol"))
    return page


def _nothing() -> None:
    """Nothing happens here."""


def _texts() -> Card:
    card = Card(_("Teks"))
    card.body.addWidget(PlainLabel("Koperasi Desa Merah Putih Peridan", "title"))
    card.body.addWidget(PlainLabel(_("Terakhir dikunjungi 3 hari lalu oleh Anda.")))
    card.body.addWidget(PlainLabel(_("Dari pemeriksaan 3 Nov 2026"), "small"))
    card.body.addWidget(
        LineLabel("Gerai sembako, apotek, gudang pendingin dan pangkalan LPG di Jalan Poros Peridan")
    )
    card.body.addWidget(line())
    card.body.addWidget(PlainLabel("Rp12.450.000", "strong"))
    return card


def _buttons() -> Card:
    card = Card(_("Tombol"))
    off = plain(_("Sinkronkan"), _nothing, "sync")
    off.setEnabled(False)
    card.body.addLayout(
        row(primary(_("Catat kunjungan"), _nothing), plain(_("Cetak"), _nothing, "print"), None)
    )
    card.body.addLayout(
        row(quiet(_("Urungkan"), _nothing, "undo"), off, symbol_button("more", _("Lainnya"), _nothing), None)
    )
    card.body.addWidget(link(_("Lihat semua kunjungan"), _nothing))
    return card


def _lights() -> Card:
    card = Card(_("Lampu"))
    card.body.addWidget(Light("good", _("Kunjungan"), _("3 hari lalu")))
    card.body.addWidget(Light("warning", _("Pembukuan November"), _("belum ada")))
    card.body.addWidget(Light("bad", _("RAT"), _("2 tahun lalu")))
    card.body.addWidget(Light("", _("Rencana usaha"), _("belum diketahui")))
    return card


def _fields() -> Card:
    card = Card(_("Isian"))
    name, amount, people, day, clock = (
        SuggestField(),
        AmountField(),
        CountField(),
        DateField(_today),
        TimeField(),
    )
    name.suggest(["Balai desa", "Gerai sembako"])
    name.show_value("Balai desa")
    amount.show_value(1_250_000)
    people.show_value(1_204)
    day.show_value("2026-11-20")
    clock.show_value("14:30")
    notes = TextField()
    notes.show_value("Kas dihitung bersama bendahara. Buku simpanan belum diisi sejak Oktober.")
    wrong = Field(_("Tanggal RAT"), LineField())
    wrong.tell(_("Tanggal ini tidak ada. Isi tahun, bulan, dan tanggal, misalnya 2025-11-12."))
    wrong.control.setProperty("tone", "bad")
    card.body.addWidget(Field(_("Tempat"), name))
    card.body.addLayout(row(Field(_("Kas akhir"), amount), Field(_("Anggota"), people), gap=MEDIUM))
    card.body.addLayout(row(Field(_("Tanggal"), day), Field(_("Jam"), clock), gap=MEDIUM))
    card.body.addWidget(Field(_("Catatan"), notes))
    card.body.addWidget(wrong)
    return card


def _choices() -> Card:
    card = Card(_("Pilihan"))
    how = Chips([("field", _("Di lapangan")), ("office", _("Di kantor")), ("phone", _("Lewat telepon"))])
    how.show_chosen(["field"])
    why = Chips(
        [
            ("a", _("Persiapan gerai")),
            ("b", _("Rencana usaha")),
            ("c", _("Pembaruan SIMKOPDES")),
            ("d", _("Kemitraan")),
        ],
        many=True,
    )
    why.show_chosen(["b", "d"])
    card.body.addWidget(Field(_("Cara bertemu"), how))
    card.body.addWidget(Field(_("Tujuan"), why))
    return card


def _folds() -> Card:
    card = Card()
    opened = Fold(_("Letak dan foto"), is_open=True)
    opened.body.addWidget(PlainLabel(_("Diisi sendiri, atau dibaca dari foto."), "quiet"))
    card.body.addWidget(opened)
    card.body.addWidget(Fold(_("Tanda tangan")))
    return card


def _photos() -> Card:
    card = Card(_("Foto"))
    strip = PhotoStrip()
    small = QPixmap(SIDE, SIDE)
    small.fill(colour_of("notice"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small.save(buffer, "PNG")
    photos = [
        SmallPhoto(UUID(int=1), _("Buku kas"), bytes(buffer.data().data())),
        SmallPhoto(UUID(int=2), _("Gerai"), None),
    ]
    strip.show_photos(photos, may_add=True)
    card.body.addWidget(strip)
    return card


def _rows() -> Card:
    card = Card(_("Daftar"))
    card.body.addWidget(row_button("Buku kas diisi tiap sore.", _("lewat 3 hari"), _nothing, tone="bad"))
    card.body.addWidget(row_button("Rak diisi sebelum gerai buka.", _("9 hari lagi"), _nothing))
    tabs = Tabs(_("Bagian"))
    for title in (_("Ringkasan"), _("Pengurus"), _("Riwayat")):
        tabs.addTab(PlainLabel(title, "quiet"), title)
    tabs.setFixedHeight(90)
    card.body.addWidget(tabs)
    return card


def _banners() -> list[Banner]:
    told = [
        ("notice", _("Data latihan: tidak ada yang dikirim ke pusat."), ""),
        (
            "warning",
            _("Ada isian yang lebih dari 3 hari belum terkirim. Sinkronkan begitu ada sinyal."),
            _("Sinkronkan"),
        ),
        ("bad", _("Disk laptop hampir penuh. Kosongkan ruang sebelum ke lapangan."), ""),
        ("good", _("Semua terkirim dan diterima pusat."), ""),
    ]
    banners = []
    for tone, sentence, action in told:
        banner = Banner()
        banner.tell(tone, sentence, action)
        banners.append(banner)
    return banners


def _grid() -> Card:
    card = Card(_("Neraca saldo"))
    figures = [
        GridColumn(name=name, label=label, kind=Kind.MONEY, path=f"lines/{{key}}/{name}", is_summed=True)
        for name, label in (("opening", _("Saldo awal")), ("debit", _("Debit")), ("credit", _("Kredit")))
    ]
    grid = Grid(
        [
            GridColumn(name="number", label=_("No. akun"), is_key=True, width=90),
            GridColumn(name="name", label=_("Nama akun"), path="lines/{key}/name", width=150, stretch=True),
            *figures,
        ],
        _("Neraca saldo"),
        today=_today,
        group="lines",
    )
    grid.paste(
        "1101\tKas\t2350000\t14200000\t12.750.000\n1111\tBank BRI\tRp18.400.000\t\t1,500\n"
        "2101\tUtang usaha\t(3.000.000)\t\t250000"
    )
    grid.setCurrentIndex(grid.grid.index(1, 2))
    card.body.addWidget(with_totals(grid))
    return card


def _empty() -> Card:
    card = Card()
    card.body.addWidget(
        EmptyState(
            "visit",
            _("Belum ada kunjungan"),
            _("Kunjungan pertama ke koperasi ini akan muncul di sini."),
            plain(_("Catat kunjungan"), _nothing, "plus"),
        )
    )
    return card


def _today() -> date:
    return date(2026, 11, 26)
