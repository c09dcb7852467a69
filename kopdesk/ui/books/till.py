"""The count of one till: notes and coins with Tab and Enter only, the total and the difference in words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kopdesk.domain.cash_count import CashCount
from kopdesk.domain.cash_result import CashResult, cash_result
from kopdesk.domain.fields import DELETED, Kind
from kopdesk.domain.ids import next_key
from kopdesk.domain.values import Value
from kopdesk.rules.current import Rules
from kopdesk.ui.books.grid_box import GridBox, leaf_column
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL
from kopdesk.ui.widgets.buttons import plain, quiet
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.fields import Field
from kopdesk.ui.widgets.frames import Card, Fold
from kopdesk.ui.widgets.grid import Grid
from kopdesk.ui.widgets.grid_cells import GridColumn, RowValues
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.usecases.forms import OpenForm
from kopdesk.wording.catalogue import _
from kopdesk.wording.figures import number, rupiah
from kopdesk.wording.labels import leaf_label
from kopdesk.wording.terbilang import rupiah_in_words

if TYPE_CHECKING:
    from kopdesk.ui.books.check_form import CheckForm

_COUNT_WIDTH = 380


class Tills(QWidget):
    """One till after another; all are counted at once, so that no money walks from one to the next."""

    def __init__(self, form: "CheckForm", rules: Rules) -> None:
        super().__init__()
        self._form, self._rules = form, rules
        self._names: list[tuple[str, str]] = []
        self._editors: dict[str, TillEditor] = {}
        self._current = ""
        self._bar = column()
        self._which: Chips | None = None
        self._add = plain(_("Tambah kas"), self.add, "plus")
        self._remove = quiet(_("Hapus kas ini"), self._on_removed, "delete")
        self._place = column()
        self.setLayout(
            column(row(widget_of(self._bar), self._add, self._remove, None), self._place, None, gap=MEDIUM)
        )
        form.shown.connect(self._show)

    @property
    def editor(self) -> "TillEditor | None":
        """Of the till that is open."""
        return self._editors.get(self._current)

    def add(self) -> None:
        """Another till; it is there once something is typed into it."""
        random = self._form.session.program.random_bytes
        key = next_key([key for key, _name in self._names], random(8))
        today = self._form.session.today.isoformat()
        owner = _("Kas utama") if not self._names else _("Kas {number}").format(number=len(self._names) + 1)
        self._form.presenter.save(
            {f"cash/{key}/name": owner, f"cash/{key}/counted_on": today, f"cash/{key}/balance_on": today}
        )
        self._current = key

    def _show(self, shown: OpenForm) -> None:
        tills = self._form.check().cash
        names = [(key, till.name or _("Kas")) for key, till in sorted(tills.items())]
        if names != self._names or self._which is None:
            self._names = names
            self._show_names()
        if self._current not in tills:
            self._current = names[0][0] if names else ""
        may_write = self._form.may_write(shown)
        self._add.setVisible(may_write)
        self._remove.setVisible(bool(names) and may_write)
        self._open(self._current)
        for key, till in tills.items():
            if key in self._editors:
                self._editors[key].tell(till)

    def _show_names(self) -> None:
        if self._which is not None:
            self._which.hide()
            self._which.deleteLater()
        self._which = Chips(self._names)
        self._which.setAccessibleName(_("Kas yang dihitung"))
        self._which.changed.connect(self._on_which)
        self._bar.addWidget(self._which)

    def _on_which(self, chosen: tuple[str, ...]) -> None:
        self._open(chosen[0] if chosen else self._current)

    def _open(self, key: str) -> None:
        self._current = key
        if key and key not in self._editors:
            self._editors[key] = TillEditor(self._form, self._rules, key)
            self._place.addWidget(self._editors[key])
            self._form.show_again()
        for other, editor in self._editors.items():
            editor.setVisible(other == key)
        if self._which is not None:
            self._which.show_chosen([key] if key else [])

    def _on_removed(self) -> None:
        if self._current:
            self._form.leave()
            self._form.presenter.save({f"cash/{self._current}/{DELETED}": True})


class TillEditor(QWidget):
    """Denominations on the left; whose till, what the book says and what is no cash on the right."""

    def __init__(self, form: "CheckForm", rules: Rules, key: str) -> None:
        super().__init__()
        self._form, self._rules, self._key = form, rules, key
        self.count = self._denominations()
        self._total = PlainLabel("", "strong")
        self._lines = PlainLabel("", "small")
        self._difference = PlainLabel("", "strong")
        self._words = PlainLabel("", "small")
        box = GridBox(form, "", self.count.grid.columns, grid=self.count)
        left = column(self._total, box, None, gap=SMALL)
        holder = widget_of(left)
        holder.setFixedWidth(_COUNT_WIDTH)
        self.setLayout(row(holder, self._facts(), gap=LARGE, wide=1))

    def _path(self, name: str) -> str:
        return f"cash/{self._key}/{name}"

    def _field(self, name: str) -> Field:
        return self._form.field(self._path(name), leaf_label(CashCount, name))

    def _denominations(self) -> Grid:
        day = self._form.check().checked_on or self._form.session.today
        path = self._path("{key}")
        columns = [
            GridColumn(name="label", label=_("Pecahan"), kind=Kind.MONEY, is_read_only=True, width=110),
            GridColumn(name="pieces", label=_("Lembar/keping"), kind=Kind.COUNT, path=path, width=110),
            GridColumn(
                name="worth", label=_("Jumlah"), kind=Kind.MONEY, computed=_worth, stretch=True, width=130
            ),
        ]
        grid = Grid(
            columns,
            _("Hitung uang"),
            today=lambda: self._form.session.today,
            most_rows=20,
            feeder=self._form.session.feeder,
        )
        grid.show_fixed(_rows(self._rules.tender.counted(day, with_optional=False)))
        return grid

    def _facts(self) -> QWidget:
        form, path = self._form, self._path
        names = row(
            form.field(path("name"), _("Nama kas")),
            form.field(path("custodian"), _("Pemegang kas")),
            gap=MEDIUM,
        )
        days = row(
            self._field("counted_on"),
            self._field("counted_time"),
            form.field(path("unannounced"), _("Mendadak?")),
            gap=MEDIUM,
        )
        book = row(
            form.field(path("balance_on"), _("Saldo buku per")),
            form.field(path("book_balance"), _("Saldo menurut buku")),
            form.field(path("tolerance"), _("Batas selisih")),
            gap=MEDIUM,
        )
        card = Card()
        card.body.addLayout(column(names, days, book, gap=MEDIUM))
        for label in (self._lines, self._difference, self._words):
            card.body.addWidget(label)
        card.body.addWidget(form.field(path("cause"), _("Penyebab selisih")))
        card.body.addWidget(form.field(path("returned"), _("Uang sudah diserahkan kembali?")))
        card.body.addWidget(self._vouchers())
        card.body.addWidget(self._others())
        card.body.addWidget(self._more())
        card.body.addWidget(self._signatures())
        return widget_of(column(card, None))

    def _vouchers(self) -> QWidget:
        place = self._path("vouchers/{key}/")
        columns = [
            leaf_column("book_check", f"{place}number", width=90),
            leaf_column("book_check", f"{place}dated_on", width=110),
            leaf_column("book_check", f"{place}text", stretch=True, width=110),
            leaf_column("book_check", f"{place}direction", width=90, label=_("Arah")),
            leaf_column("book_check", f"{place}amount", width=110),
        ]
        fold = Fold(_("Bukti yang belum dibukukan"), is_open=True)
        fold.body.addWidget(
            GridBox(
                self._form,
                "",
                columns,
                group=self._path("vouchers"),
                name=_("Bukti yang belum dibukukan"),
                most_rows=5,
            )
        )
        return fold

    def _others(self) -> QWidget:
        place = self._path("others/{key}/")
        columns = [
            leaf_column("book_check", f"{place}kind", width=150),
            leaf_column("book_check", f"{place}text", stretch=True, width=140),
            leaf_column("book_check", f"{place}amount", width=120),
        ]
        fold = Fold(_("Bukan uang: bon, meterai, cek, uang ditarik"))
        revoked = ", ".join(
            f"{_('logam') if one.kind == 'coin' else _('kertas')} {rupiah(one.amount)} {one.issue}".strip()
            for one in self._rules.tender.revoked(self._form.session.today)
        )
        hint = _("Dicatat, tidak dihitung sebagai kas. Uang yang sudah ditarik: {list}.").format(list=revoked)
        fold.body.addWidget(
            GridBox(
                self._form,
                "",
                columns,
                group=self._path("others"),
                name=_("Bukan uang"),
                most_rows=5,
                hint=hint,
            )
        )
        return fold

    def _more(self) -> QWidget:
        fold = Fold(_("Dihitung di hari lain, batas kas, bukti terakhir"))
        fold.body.addWidget(
            PlainLabel(
                _("Dihitung setelah tanggal saldo: uang digulung balik dengan yang masuk dan keluar."),
                "small",
            )
        )
        fold.body.addLayout(row(self._field("received_since"), self._field("paid_since"), gap=MEDIUM))
        fold.body.addLayout(row(self._field("limit"), self._field("previous_count_on"), gap=MEDIUM))
        fold.body.addLayout(row(self._field("last_voucher_in"), self._field("last_voucher_out"), gap=MEDIUM))
        fold.body.addWidget(self._field("place"))
        return fold

    def _signatures(self) -> QWidget:
        place = self._path("signatures/{key}/")
        columns = [
            leaf_column("book_check", f"{place}name", stretch=True, width=140),
            leaf_column("book_check", f"{place}position", width=160),
        ]
        fold = Fold(_("Penanda tangan"))
        hint = _("Kosong: pemegang kas, ketua, dan Anda sebagai pemeriksa.")
        fold.body.addWidget(
            GridBox(
                self._form,
                "",
                columns,
                group=self._path("signatures"),
                name=_("Penanda tangan"),
                most_rows=4,
                hint=hint,
            )
        )
        return fold

    def tell(self, till: CashCount) -> None:
        """What the count comes to."""
        day = till.counted_on or self._form.session.today
        result = cash_result(till, self._rules.tender.counted(day))
        self._total.setText(_("Uang dihitung {amount}").format(amount=rupiah(result.counted)))
        self._lines.setText("\n".join(_lines(till, result)))
        self._show_difference(till, result)

    def _show_difference(self, till: CashCount, result: CashResult) -> None:
        difference = result.difference
        if difference is None or not (till.note or till.coin):
            told, words, tone = _("Isi saldo menurut buku dan hitung uangnya."), "", ""
        elif not difference:
            told, words, tone = _("Cocok: tidak ada selisih."), "", "good"
        else:
            pattern = _("Kurang {amount}") if difference < 0 else _("Lebih {amount}")
            told, words = pattern.format(amount=rupiah(abs(difference))), rupiah_in_words(abs(difference))
            tone = "warning" if result.is_within_tolerance else "bad"
        self._difference.setText(told)
        self._difference.show_tone(tone)
        self._words.setText(words.capitalize())
        self._words.setVisible(bool(words))


def _worth(values: RowValues) -> Value:
    pieces, amount = values.get("pieces"), values.get("label")
    return pieces * amount if isinstance(pieces, int) and isinstance(amount, int) else None


def _rows(counted: Sequence[tuple[str, int]]) -> list[tuple[str, dict[str, Value]]]:
    rows: list[tuple[str, dict[str, Value]]] = []
    for kind, heading in (("note", _("Uang kertas")), ("coin", _("Uang logam"))):
        rows.append(("", {"label": heading}))
        rows += [(f"{one}/{amount}", {"label": amount}) for one, amount in counted if one == kind]
    return rows


def _lines(till: CashCount, result: CashResult) -> list[str]:
    """How the difference comes about, one step a line."""
    lines = []
    if result.on_balance_day != result.counted:
        lines.append(
            _("Digulung balik ke tanggal saldo: {amount}").format(amount=rupiah(result.on_balance_day))
        )
    if till.book_balance is not None:
        lines.append(_("Saldo menurut buku: {amount}").format(amount=rupiah(till.book_balance)))
    if result.unbooked:
        lines.append(_("Bukti belum dibukukan: {amount}").format(amount=rupiah(result.unbooked)))
    if result.expected is not None and result.expected != till.book_balance:
        lines.append(_("Seharusnya ada: {amount}").format(amount=rupiah(result.expected)))
    if result.listed:
        lines.append(_("Bukan uang, tidak dihitung: {amount}").format(amount=rupiah(result.listed)))
    if result.not_tender:
        pieces = ", ".join(number(int(one.partition("/")[2])) for one in result.not_tender)
        lines.append(_("Sudah ditarik, tidak dihitung: {pieces}").format(pieces=pieces))
    return lines
