"""Pengaturan: language and look, and which laptop this is for the centre."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from kopdesk.ui.frame.pages import Page
from kopdesk.ui.session import Session
from kopdesk.ui.theme.theme import scheme
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, WIDE
from kopdesk.ui.widgets.buttons import plain
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.fields import Field
from kopdesk.ui.widgets.frames import Card, Scroll, page_head
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.usecases.status import Status, status
from kopdesk.wording.catalogue import _, language
from kopdesk.wording.dates import short_instant


class SettingsPage(Page):
    """Everything here is used at once."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._language = Chips([("id", "Bahasa Indonesia"), ("en", "English")])
        self._language.show_chosen([language()])
        self._language.changed.connect(self._on_language)
        self._scheme = Chips([("light", _("Terang")), ("dark", _("Gelap"))])
        self._scheme.show_chosen([scheme()])
        self._scheme.changed.connect(self._on_scheme)
        look = Card(_("Tampilan"))
        look.body.addWidget(Field(_("Bahasa"), self._language))
        look.body.addWidget(Field(_("Warna"), self._scheme))
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(LARGE)
        self._facts.setVerticalSpacing(MEDIUM)
        self._facts.setColumnStretch(1, 1)
        laptop = Card(_("Akun dan laptop ini"))
        laptop.body.addLayout(self._facts)
        cards = [look, laptop] if session.program.is_training else [look, laptop, self._training()]
        content = column(page_head(_("Pengaturan")), *cards, None, gap=LARGE, margin=WIDE)
        holder = widget_of(content)
        holder.setMaximumWidth(760)
        self.setLayout(column(Scroll(holder)))

    def open_first(self) -> None:
        """The first choice has the keyboard."""
        self._language.setFocus(Qt.FocusReason.OtherFocusReason)
        self._session.ask(status, self._show, owner=self)

    def _training(self) -> Card:
        card = Card(_("Latihan"))
        told = _("Koperasi contoh untuk mencoba apa saja. Tidak ada yang sampai ke pusat yang sungguhan.")
        card.body.addWidget(PlainLabel(told, "quiet"))
        start = plain(_("Buka data latihan"), self._session.start_training, "training")
        card.body.addLayout(row(start, None))
        return card

    def _show(self, found: Status) -> None:
        at = (
            short_instant(found.last_contact_at, self._session.zone)
            if found.last_contact_at
            else _("belum pernah")
        )
        facts = (
            (_("Nama pengguna"), found.login),
            (_("Alamat pusat"), found.server_url),
            (_("Terakhir terhubung"), at),
            (_("Folder data"), str(self._session.folder)),
        )
        for line, (label, value) in enumerate(facts):
            for place, text in enumerate((label, value)):
                if (item := self._facts.itemAtPosition(line, place)) is not None and (old := item.widget()):
                    self._facts.removeWidget(old)
                    old.deleteLater()
                self._facts.addWidget(PlainLabel(text, "quiet" if place == 0 else ""), line, place)

    def _on_language(self, chosen: tuple[str, ...]) -> None:
        self._session.language_requested.emit((chosen or (language(),))[0])

    def _on_scheme(self, chosen: tuple[str, ...]) -> None:
        self._session.scheme_requested.emit((chosen or (scheme(),))[0])
