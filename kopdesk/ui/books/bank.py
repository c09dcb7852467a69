"""Bank accounts: both balances, and for the account that is chosen what stands between them."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kopdesk.domain.bank_result import bank_result
from kopdesk.domain.book_check import BankReconciliation
from kopdesk.ui.books.check_photos import CheckPhotos
from kopdesk.ui.books.grid_box import GridBox, leaf_column
from kopdesk.ui.theme.tokens import LARGE, SMALL
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, emptied, widget_of
from kopdesk.usecases.forms import OpenForm
from kopdesk.wording.catalogue import _
from kopdesk.wording.figures import rupiah

if TYPE_CHECKING:
    from kopdesk.ui.books.check_form import CheckForm


class BankPart(QWidget):
    """One grid of accounts; below it the items of each account that is there."""

    def __init__(self, form: "CheckForm") -> None:
        super().__init__()
        self._form = form
        accounts = [
            leaf_column("book_check", "bank/{key}/bank_name", stretch=True, width=160),
            leaf_column("book_check", "bank/{key}/account_number", width=160),
            leaf_column("book_check", "bank/{key}/balance_on", width=130),
            leaf_column("book_check", "bank/{key}/bank_balance", width=160),
            leaf_column("book_check", "bank/{key}/book_balance", width=160),
        ]
        hint = _("Minta rekening koran atau buku tabungan; tulis kedua saldo pada hari yang sama.")
        self._items = column(gap=LARGE)
        self.photos = CheckPhotos(form, _("Foto rekening koran: pilih rekeningnya di atas dulu."))
        self._of: tuple[str, ...] = ()
        self._told: dict[str, PlainLabel] = {}
        box = GridBox(form, _("Rekening"), accounts, group="bank", most_rows=6, hint=hint)
        self.grid = box.grid
        self.grid.selectionModel().currentChanged.connect(lambda _now, _before: self._on_account())
        self.setLayout(
            column(
                box,
                self._items,
                self.photos,
                None,
                gap=LARGE,
            )
        )
        form.shown.connect(self._show)

    def _on_account(self) -> None:
        """Its statement is what a photo shows from now on."""
        index = self.grid.currentIndex()
        key = self.grid.grid.rows[index.row()].key if index.isValid() else ""
        if account := self._form.check().bank.get(key):
            name = account.bank_name or _("Rekening bank")
            self.photos.belongs_to(f"bank/{key}/document_id", name)

    def _show(self, shown: OpenForm) -> None:
        accounts = self._form.check().bank
        if tuple(sorted(accounts)) != self._of:
            self._of = tuple(sorted(accounts))
            self._build()
        for key, account in accounts.items():
            self._tell(key, account)

    def _build(self) -> None:
        for box in self.findChildren(GridBox):
            if box.objectName():
                self._form.grids.remove(box.grid)
        emptied(self._items)
        self._told = {}
        for key in self._of:
            columns = [
                leaf_column("book_check", f"bank/{key}/items/{{key}}/side", width=110, label=_("Pihak")),
                leaf_column("book_check", f"bank/{key}/items/{{key}}/kind", width=190, label=_("Jenis")),
                leaf_column("book_check", f"bank/{key}/items/{{key}}/dated_on", width=120),
                leaf_column("book_check", f"bank/{key}/items/{{key}}/text", stretch=True, width=160),
                leaf_column("book_check", f"bank/{key}/items/{{key}}/amount", width=150),
            ]
            told = self._told[key] = PlainLabel("", "strong")
            name = self._form.check().bank[key].bank_name or _("Rekening bank")
            title = _("Penyesuaian {account}").format(account=name)
            box = GridBox(self._form, title, columns, group=f"bank/{key}/items", most_rows=6)
            box.setObjectName(key)
            self._items.addWidget(widget_of(column(box, told, gap=SMALL)))
        self._form.show_again()

    def _tell(self, key: str, account: BankReconciliation) -> None:
        """Both sides as they come out."""
        if key not in self._told:
            return
        result = bank_result(account, self._form.session.today)
        parts = [
            _("Bank {amount}").format(amount=rupiah(result.bank)) if result.bank is not None else "",
            _("buku {amount}").format(amount=rupiah(result.book)) if result.book is not None else "",
        ]
        if result.difference is not None:
            parts.append(
                _("selisih {amount}").format(amount=rupiah(abs(result.difference)))
                if result.difference
                else _("cocok")
            )
        if result.old:
            parts.append(_("{count} penyesuaian lebih dari 30 hari").format(count=len(result.old)))
        self._told[key].setText(" · ".join(filter(None, parts)))
        tone = "" if result.difference is None else "bad" if result.difference else "good"
        self._told[key].show_tone(tone)
