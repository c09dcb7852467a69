"""The form of a bookkeeping check: a tab for every part, in any order, each may stay half done."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kopdesk.domain.book_check import BookCheck, BookCheckState, TrialBalanceLine
from kopdesk.rules.current import Rules
from kopdesk.ui.books.parts import BUILDERS
from kopdesk.ui.books.results import Results
from kopdesk.ui.books.statement_form import StatementPart
from kopdesk.ui.books.till import Tills
from kopdesk.ui.forms.form import RecordForm
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import MEDIUM, SMALL
from kopdesk.ui.widgets.buttons import quiet
from kopdesk.ui.widgets.frames import GUTTER, Scroll
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.ui.widgets.tabs import Tabs
from kopdesk.usecases.forms import OpenForm
from kopdesk.wording.catalogue import N_, _

PARTS = (
    ("general", N_("Umum")),
    ("books", N_("Buku")),
    ("cash", N_("Kas")),
    ("bank", N_("Bank")),
    ("stock", N_("Barang")),
    ("savings", N_("Simpanan")),
    ("loans", N_("Pinjaman")),
    ("lines", N_("Neraca saldo")),
    ("statement", N_("Laporan")),
    ("results", N_("Hasil")),
)


class CheckForm(RecordForm):
    """Of one check; a part is built when it is first looked at."""

    page_requested = Signal(str)
    deleted = Signal()

    def __init__(
        self, session: Session, rules: Rules, *, is_syariah: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, "book_check", parent)
        self.rules, self.is_syariah = rules, is_syariah
        self._built: set[str] = set()
        self.results = Results(self)
        self.statement: StatementPart | None = None
        self.tabs = Tabs(_("Bagian pemeriksaan"))
        self._places = {word: column(margin=(0, MEDIUM, 0, MEDIUM)) for word, _title in PARTS}
        for word, title in PARTS:
            self.tabs.addTab(Scroll(widget_of(self._places[word])), _(title))
        self.tabs.currentChanged.connect(lambda at: self._on_tab(PARTS[at][0]))
        undo = self.undo_button()
        self._delete = quiet(_("Hapus"), self.delete, "delete")
        foot = row(None, undo, self._delete, gap=SMALL, margin=(0, 0, GUTTER, 0))
        self.setLayout(column(self.tabs, foot, gap=SMALL, wide=0))
        self.shown.connect(self._on_shown)

    def begin(self, cooperative_id: UUID, period: str) -> None:
        """A new one for a month; it is there once something is typed."""
        values = {
            "period": period,
            "checked_on": self.session.today.isoformat(),
            "zone": self.session.zone,
        }
        self.presenter.begin("book_check", cooperative_id, values)

    def check(self) -> BookCheck:
        """As it is shown; empty while nothing is."""
        if self.form is None:
            return BookCheck(id=UUID(int=0), cooperative_id=None)
        return BookCheck.from_leaves(self.form.key.id, self.form.cooperative_id, self.form.leaves)

    def check_lines(self) -> dict[str, TrialBalanceLine]:
        """The trial balance as it is shown."""
        return dict(self.check().lines)

    def show_part(self, word: str) -> None:
        """Open a tab."""
        self.tabs.setCurrentIndex([known for known, _title in PARTS].index(word))

    @property
    def part(self) -> str:
        """The tab that is open."""
        return PARTS[self.tabs.currentIndex()][0]

    def leave(self) -> None:
        """Take over what is being typed, in the statement as well."""
        super().leave()
        if self.statement is not None:
            self.statement.leave()
        self.results.leave()

    def delete(self) -> None:
        """The row of the grid that has the keyboard, or the whole check."""
        self.leave()
        self.presenter.delete()

    def be_there(self) -> None:
        """A promise or a statement needs a check to belong to."""
        if self.form is not None and self.form.is_new:
            self.presenter.save({"checked_on": self.form.leaves.get("checked_on")})

    def may_write(self, form: OpenForm) -> bool:
        """Whether it is still a draft of somebody who may write it."""
        is_draft = form.leaves.get("state") != BookCheckState.CONCLUDED
        return is_draft and not form.is_read_only and not form.is_deleted

    def may_photograph(self, form: OpenForm, path: str) -> bool:
        """The photo of the signed page comes after the end, all others before it."""
        is_open = not form.is_read_only and not form.is_deleted
        return is_open if path == "signed_photo_id" else self.may_write(form)

    def _on_tab(self, word: str) -> None:
        if word not in self._built and self.form is not None:
            self._built.add(word)
            self._places[word].addWidget(self._build(word))
            self.show_again()
        if word == "results":
            self.results.refresh()

    def _build(self, word: str) -> QWidget:
        if word == "cash":
            return Tills(self, self.rules)
        if word == "statement":
            self.statement = StatementPart(self)
            return self.statement
        if word == "results":
            return self.results
        return BUILDERS[word](self, self.rules)

    def _on_shown(self, form: OpenForm) -> None:
        self._on_tab(self.part)
        may_write = self.may_write(form)
        for field in self.fields.values():
            field.control.setEnabled(may_write)
        for rows in (*self.rows, *self.grids):
            rows.allow(is_allowed=may_write)
        self._delete.setVisible(may_write)
        self._delete.setEnabled(not form.is_new)
        self.results.show_form(form)
        if form.is_deleted:
            self.deleted.emit()


def show_part_of(form: CheckForm, path: str) -> None:
    """The tab where a leaf is typed."""
    group = path.partition("/")[0]
    words = {word for word, _title in PARTS}
    places = {"saving_totals": "savings", "loan_card_total": "loans", "position": "statement"}
    form.show_part(group if group in words else places.get(group, "general"))
