"""The parts of a check: what is general, books, bank, goods, savings, loans, trial balance."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kopdesk.domain.book_check import TrialBalanceLine
from kopdesk.domain.chart import SAVING_ROLES
from kopdesk.domain.fields import Kind
from kopdesk.domain.trial_balance import balance_sums
from kopdesk.domain.values import Value
from kopdesk.rules.current import Rules
from kopdesk.ui.books.check_photos import CheckPhotos
from kopdesk.ui.books.grid_box import GridBox, leaf_column
from kopdesk.ui.books.importing import LinesImport
from kopdesk.ui.forms.form import caption
from kopdesk.ui.theme.tokens import LARGE, MEDIUM
from kopdesk.ui.widgets.buttons import plain
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.dates import MonthField
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_cells import GridColumn, RowValues
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, emptied, row, widget_of
from kopdesk.wording.catalogue import _
from kopdesk.wording.checking import saving_name
from kopdesk.wording.figures import rupiah

if TYPE_CHECKING:
    from kopdesk.ui.books.check_form import CheckForm

_SAMPLE_ROWS = 8


def general(form: "CheckForm", rules: Rules) -> QWidget:
    """Month and day, foot of the cash book, members, turnover, a building of the village's."""
    first = row(
        form.field("period", control=MonthField(lambda: form.session.today)),
        form.field("checked_on"),
        None,
        gap=LARGE,
    )
    people = row(
        form.field("members_in_book"),
        form.field("members_in_simkopdes"),
        form.field("quorum_base"),
        None,
        gap=LARGE,
    )
    cash = row(
        form.field("cash_book_opening", _("Saldo awal")),
        form.field("cash_book_received", _("Jumlah masuk")),
        form.field("cash_book_paid", _("Jumlah keluar")),
        form.field("cash_book_balance", _("Saldo akhir tertulis")),
        gap=MEDIUM,
    )
    return widget_of(
        column(
            first,
            caption(_("Kaki buku kas bulan ini")),
            cash,
            caption(_("Anggota")),
            people,
            caption(_("Pajak dan aset")),
            row(form.field("reported_revenue", _("Omzet dilaporkan untuk PPh Final sejak awal tahun")), None),
            form.field(
                "state_building_recorded", _("Gedung dari Inpres 17/2025 dicatat sebagai aset koperasi?")
            ),
            None,
            gap=MEDIUM,
        )
    )


class Shelf(QWidget):
    """The books of one of the lists: whether each is there, up to date, and how it is kept."""

    def __init__(self, form: "CheckForm", rules: Rules) -> None:
        super().__init__()
        self._form, self._rules = form, rules
        presets = [(key, preset.name) for key, preset in rules.books.presets.items()]
        self.which = Chips([*presets, ("", _("Semua buku"))])
        self.which.setAccessibleName(_("Daftar buku"))
        self.which.show_chosen([presets[0][0]])
        self.which.changed.connect(lambda _chosen: self._show())
        name = GridColumn(name="label", label=_("Buku"), is_read_only=True, stretch=True)
        columns = [
            name,
            leaf_column("book_check", "books/{key}/exists", width=80, label=_("Ada")),
            leaf_column("book_check", "books/{key}/up_to_date", width=130, label=_("Terisi sampai kini")),
            leaf_column("book_check", "books/{key}/last_entry_on", width=130, label=_("Isian terakhir")),
            leaf_column("book_check", "books/{key}/quality", width=90, label=_("Mutu")),
            leaf_column("book_check", "books/{key}/note", width=170),
        ]
        self._told = PlainLabel("", "small")
        box = GridBox(form, "", columns, most_rows=18, grid=_fixed(form, columns, _("Buku"), 18))
        self.grid = box.grid
        self.grid.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())
        hint = PlainLabel(
            _("Dua daftar 16 buku beredar dan tidak sama; tidak ada peraturan yang memutuskan."), "small"
        )
        self.photos = CheckPhotos(form, _("Pilih buku di atas, lalu tambahkan fotonya."))
        self.setLayout(column(row(self.which, None), hint, box, self._told, self.photos, None, gap=MEDIUM))
        self._show()

    def _show(self) -> None:
        chosen = self.which.chosen[0] if self.which.chosen else ""
        listed = self._rules.books.asked_for(chosen, self._form.session.today)
        self.grid.show_fixed([(book.code, {"label": book.name}) for book in listed])
        self._form.show_again()

    def _tell(self) -> None:
        """What to look at in the book that has the cursor."""
        index = self.grid.currentIndex()
        book = self._rules.books.named(self.grid.grid.rows[index.row()].key) if index.isValid() else None
        checks = "; ".join(book.checks) if book else ""
        self._told.setText(_("Yang dilihat: {checks}.").format(checks=checks) if checks else "")
        if book is not None:
            self.photos.belongs_to(f"books/{book.code}/photo_id", book.name)


def _fixed(form: "CheckForm", columns: list[GridColumn], name: str, most_rows: int) -> Grid:
    return Grid(
        columns, name, today=lambda: form.session.today, most_rows=most_rows, feeder=form.session.feeder
    )


def goods(form: "CheckForm", rules: Rules) -> QWidget:
    """Articles as they were counted, without a look at the card."""

    def missing(values: RowValues) -> Value:
        card, counted = values.get("book_thousandths"), values.get("counted_thousandths")
        return counted - card if isinstance(card, int) and isinstance(counted, int) else None

    columns = [
        leaf_column("book_check", "stock/{key}/name", stretch=True, width=150),
        leaf_column("book_check", "stock/{key}/unit", width=90),
        leaf_column("book_check", "stock/{key}/counted_thousandths", width=90, places=3, label=_("Dihitung")),
        leaf_column("book_check", "stock/{key}/book_thousandths", width=90, places=3, label=_("Kartu")),
        GridColumn(
            name="missing",
            label=_("Selisih"),
            kind=Kind.COUNT,
            places=3,
            width=80,
            computed=missing,
            tone=lambda values: "bad" if missing(values) else "",
        ),
        leaf_column("book_check", "stock/{key}/unit_cost", width=100),
        leaf_column("book_check", "stock/{key}/condition", width=100, label=_("Keadaan")),
        leaf_column("book_check", "stock/{key}/expires_on", width=110),
        leaf_column("book_check", "stock/{key}/account", width=70),
    ]
    gas = [
        leaf_column("book_check", "stock/{key}/name", stretch=True),
        leaf_column("book_check", "stock/{key}/full_cylinders", width=120),
        leaf_column("book_check", "stock/{key}/empty_cylinders", width=120),
        leaf_column("book_check", "stock/{key}/owned_cylinders", width=180),
    ]
    hint = _("Hitung dulu tanpa melihat kartu, baru isi kolom kartu. Beras ditimbang: tulis 12,5.")
    return widget_of(
        column(
            GridBox(form, _("Barang"), columns, group="stock", hint=hint, most_rows=12),
            form.field("stock_is_complete"),
            GridBox(
                form,
                _("Tabung LPG"),
                gas,
                group="stock",
                most_rows=6,
                hint=_("Untuk barang yang sama: tabung isi dan kosong dihitung terpisah."),
            ),
            None,
            gap=LARGE,
        )
    )


def savings(form: "CheckForm", rules: Rules) -> QWidget:
    """All cards by kind, and some members' cards against the book."""
    totals = [
        GridColumn(name="label", label=_("Jenis simpanan"), is_read_only=True, stretch=True),
        GridColumn(
            name="total",
            label=_("Jumlah semua kartu"),
            kind=Kind.MONEY,
            path="saving_totals/{key}",
            width=180,
        ),
    ]
    grid = _fixed(form, totals, _("Jumlah semua kartu simpanan"), len(SAVING_ROLES))
    grid.show_fixed([(kind, {"label": saving_name(kind).capitalize()}) for kind in SAVING_ROLES])
    sample = [
        leaf_column("book_check", "savings/{key}/member_number", width=80, label=_("No.")),
        leaf_column("book_check", "savings/{key}/member_name", stretch=True, width=150),
        *(
            GridColumn(
                name=f"{side}_{kind}",
                label=f"{kind.capitalize()}: {told}",
                kind=Kind.MONEY,
                path=f"savings/{{key}}/{side}/{kind}",
                width=112,
            )
            for kind in ("pokok", "wajib", "sukarela")
            for side, told in (("card", _("kartu")), ("book", _("buku")))
        ),
        leaf_column("book_check", "savings/{key}/confirmed", width=90, label=_("Dibenarkan")),
    ]
    hint = _("Ambil beberapa anggota, minta kartunya, dan samakan dengan buku simpanan.")
    return widget_of(
        column(
            GridBox(form, _("Semua kartu"), totals, grid=grid),
            GridBox(
                form, _("Kartu yang dilihat"), sample, group="savings", hint=hint, most_rows=_SAMPLE_ROWS
            ),
            None,
            gap=LARGE,
        )
    )


def loans(form: "CheckForm", rules: Rules) -> QWidget:
    """Loan cards against the book, and what their grade depends on."""
    interest = _("Margin") if form.is_syariah else _("Bunga")
    cards = [
        leaf_column("book_check", "loans/{key}/loan_number", width=90, label=_("No.")),
        leaf_column("book_check", "loans/{key}/member_name", stretch=True, width=140),
        leaf_column("book_check", "loans/{key}/principal", width=110, label=_("Pokok")),
        leaf_column("book_check", "loans/{key}/card_balance", width=120, label=_("Sisa di kartu")),
        leaf_column("book_check", "loans/{key}/book_balance", width=120, label=_("Sisa di buku")),
        leaf_column("book_check", "loans/{key}/is_officer", width=80, label=_("Pengurus")),
        leaf_column("book_check", "loans/{key}/agreement_seen", width=90, label=_("Perjanjian")),
        leaf_column("book_check", "loans/{key}/confirmed", width=90, label=_("Dibenarkan")),
    ]
    ageing = [
        leaf_column("book_check", "loans/{key}/member_name", stretch=True, width=130),
        leaf_column("book_check", "loans/{key}/instalment_period", width=150, label=_("Jangka angsuran")),
        leaf_column("book_check", "loans/{key}/due_on", width=110),
        leaf_column("book_check", "loans/{key}/principal_arrears_months", width=106, label=_("Pokok (bln)")),
        leaf_column(
            "book_check",
            "loans/{key}/interest_arrears_months",
            width=106,
            label=_("{interest} (bln)").format(interest=interest),
        ),
        leaf_column(
            "book_check",
            "loans/{key}/interest_owed",
            width=110,
            label=_("{interest} (Rp)").format(interest=interest),
        ),
        leaf_column("book_check", "loans/{key}/collateral_value", width=110, label=_("Agunan")),
        leaf_column("book_check", "loans/{key}/rescuable", width=100, label=_("Diselamatkan")),
    ]
    hint = _("Bulan tunggakan yang sudah berjalan dihitung penuh. Yang belum diketahui dibiarkan kosong.")
    return widget_of(
        column(
            row(form.field("loan_card_total", _("Jumlah sisa semua kartu pinjaman")), None),
            GridBox(form, _("Kartu yang dilihat"), cards, group="loans", most_rows=_SAMPLE_ROWS),
            GridBox(form, _("Tunggakan"), ageing, group="loans", most_rows=_SAMPLE_ROWS, hint=hint),
            None,
            gap=LARGE,
        )
    )


def bank(form: "CheckForm", rules: Rules) -> QWidget:
    """Accounts, and for the chosen one what stands between bank and book."""
    from kopdesk.ui.books.bank import BankPart

    return BankPart(form)


class Balance(QWidget):
    """The trial balance: typed, pasted or read from a file; its sums always in sight."""

    def __init__(self, form: "CheckForm", rules: Rules) -> None:
        super().__init__()
        self._form, self._rules = form, rules
        columns = [
            GridColumn(name="number", label=_("No. akun"), is_key=True, width=90),
            leaf_column("book_check", "lines/{key}/name", stretch=True, width=200),
            leaf_column("book_check", "lines/{key}/opening", width=130),
            leaf_column("book_check", "lines/{key}/debit", width=140),
            leaf_column("book_check", "lines/{key}/credit", width=140),
        ]
        self.grid = Grid(
            columns,
            _("Neraca saldo"),
            today=lambda: form.session.today,
            group="lines",
            completed=self._named,
            most_rows=16,
            feeder=form.session.feeder,
        )
        self._sums = PlainLabel("", "strong")
        self._unknown = PlainLabel("", "small")
        hint = _("Tempel dari lembar kerja dengan Ctrl+V, atau baca dari berkas XLSX, XLS, ODS atau CSV.")
        box = GridBox(form, "", columns, grid=self.grid, group="lines")
        self.read = plain(_("Baca dari berkas …"), self.import_file, "file")
        head = row(PlainLabel(hint, "small"), self.read, wide=0)
        self._typed = widget_of(column(head, self._sums, box, self._unknown, gap=MEDIUM))
        self._importing = column()
        self.setLayout(column(self._typed, self._importing, None, gap=MEDIUM))
        form.shown.connect(lambda _form: self._tell(form.check_lines()))

    def import_file(self) -> None:
        """Ask for a file and review what it says, in the place of the grid."""
        self.begin_import().choose()

    def begin_import(self) -> LinesImport:
        """The review, empty."""
        self._form.leave()
        importing = LinesImport(self._form)
        importing.finished.connect(self._end_import)
        self._importing.addWidget(importing)
        self._typed.hide()
        return importing

    def _end_import(self) -> None:
        emptied(self._importing)
        self._typed.show()

    def _named(self, number: str) -> dict[str, Value]:
        name = self._rules.chart.name_of(number, is_syariah=self._form.is_syariah)
        return {"name": name} if name else {}

    def _tell(self, lines: dict[str, TrialBalanceLine]) -> None:
        sums = balance_sums(lines, self._rules.chart)
        told = _("Debit {debit} · kredit {credit}").format(
            debit=rupiah(sums.debit), credit=rupiah(sums.credit)
        )
        if sums.difference:
            told += " · " + _("selisih {amount}").format(amount=rupiah(abs(sums.difference)))
        elif lines:
            told += " · " + _("seimbang")
        self._sums.setText(told)
        self._sums.show_tone("bad" if sums.difference else "good" if lines else "")
        self.read.setVisible(self._form.form is not None and self._form.may_write(self._form.form))
        unknown = ", ".join(sums.unknown)
        self._unknown.setText(
            _("Tidak ada di bagan akun, jadi tidak masuk laporan: {numbers}.").format(numbers=unknown)
            if unknown
            else ""
        )


BUILDERS: dict[str, Callable[["CheckForm", Rules], QWidget]] = {
    "general": general,
    "books": Shelf,
    "bank": bank,
    "stock": goods,
    "savings": savings,
    "loans": loans,
    "lines": Balance,
}
