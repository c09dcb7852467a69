"""Before the desk is open: enrol this laptop, type the PIN, fetch the first copies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from kopdesk.ui.session import Session
from kopdesk.ui.theme.theme import icon_pixmap
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL, WIDE
from kopdesk.ui.widgets.buttons import link, primary, quiet
from kopdesk.ui.widgets.chips import Chips
from kopdesk.ui.widgets.fields import Field
from kopdesk.ui.widgets.frames import Banner, Scroll
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.wording.catalogue import _, language
from kopdesk.wording.figures import bytes_text, number
from kopdesk.wording.sentences import sentence_for

if TYPE_CHECKING:
    from kopdesk.sync.run import SyncSummary

_WIDTH = 460


class Entrance(QWidget):
    """One step at a time. Nothing that was typed is lost when a step fails."""

    enrolled = Signal(str)
    unlocked = Signal(str)
    finished = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.enrol, self.unlock, self.download = EnrolForm(), UnlockForm(), Download(session)
        self._wait = Opening(is_training=session.program.is_training)
        self._session = session
        self._steps: tuple[QWidget, ...] = (self._wait, self.enrol, self.unlock, self.download)
        self._language = Chips([("id", "Bahasa Indonesia"), ("en", "English")])
        self._language.setAccessibleName(_("Bahasa"))
        self._language.show_chosen([language()])
        self._language.changed.connect(self._on_language)
        card = QFrame()
        card.setProperty("kind", "card")
        card.setFixedWidth(_WIDTH)
        card.setLayout(column(*self._steps, margin=WIDE))
        self._card = card
        below = row(None, self._language, None)
        holder = widget_of(column(None, row(None, card, None), below, None, gap=LARGE, margin=WIDE))
        self.setLayout(column(Scroll(holder)))
        self.enrol.asked.connect(self._on_enrol)
        self.enrol.training_requested.connect(session.start_training)
        self.unlock.asked.connect(self.unlocked)
        self.download.finished.connect(self.finished)
        card.hide()
        for step in self._steps:
            step.hide()

    def show_opening(self) -> None:
        """It takes longer than one would notice."""
        self._show(self._wait)

    def show_enrol(self) -> None:
        """Nobody has a profile here yet."""
        self._show(self.enrol)
        self.enrol.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_unlock(self, error: Exception | None) -> None:
        """The PIN is needed; `error` says what was wrong with the last one."""
        self._show(self.unlock)
        self.unlock.tell(sentence_for(error) if error is not None else "")

    def show_download(self) -> None:
        """The first copies have to come before anything else makes sense."""
        self._show(self.download)
        self.download.begin()

    def continue_from(self, other: Entrance) -> None:
        """In another language, with what was typed."""
        if other.enrol.isVisibleTo(other):
            self.enrol.take_over(other.enrol)
            self.show_enrol()
        elif other.unlock.isVisibleTo(other):
            self.show_unlock(None)

    def _on_language(self, chosen: tuple[str, ...]) -> None:
        self._session.language_requested.emit((chosen or (language(),))[0])

    def _show(self, step: QWidget) -> None:
        self._language.setVisible(step in (self.enrol, self.unlock))
        for one in self._steps:
            one.setVisible(one is step)
        self._card.show()

    def _on_enrol(self, server_url: str, login: str, password: str, pin: str) -> None:
        self.enrol.wait(is_waiting=True)
        self._language.hide()  # what is asked now is answered to this form
        enrol = partial(
            self._session.program.enrol,
            self._session.folder,
            server_url=server_url,
            login=login,
            password=password,
            passphrase=pin or None,
        )
        self._session.work.run(enrol, lambda again: self._on_enrolled(pin), self._on_refused, owner=self)

    def _on_refused(self, error: Exception) -> None:
        self.enrol.refuse(error)
        self._language.show()

    def _on_enrolled(self, pin: str) -> None:
        self.enrol.wait(is_waiting=False)
        self.enrol.clear_secrets()
        self.enrolled.emit(pin)


class _Step(QWidget):
    def __init__(self, symbol: str, title: str, sentence: str) -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(icon_pixmap(symbol, self, "quiet", 32))
        self.body: QVBoxLayout = column(gap=MEDIUM)
        head = column(picture, PlainLabel(title, "title"), PlainLabel(sentence, "quiet"), gap=SMALL)
        self.banner = Banner()
        self.setLayout(column(head, self.banner, self.body, None, gap=LARGE))


class Opening(_Step):
    """The profile is being opened, or the training world made."""

    def __init__(self, *, is_training: bool) -> None:
        told = (
            (
                _("Menyiapkan data latihan"),
                _("Koperasi contoh dan sebuah pusat disiapkan di laptop ini. Hanya yang pertama kali lama."),
            )
            if is_training
            else (_("Membuka data Anda"), _("Sebentar lagi selesai."))
        )
        super().__init__("training" if is_training else "lock", *told)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        self.body.addWidget(bar)


class EnrolForm(_Step):
    """Address of the centre, name and password; a PIN only where the laptop has no place for keys."""

    asked = Signal(str, str, str, str)
    training_requested = Signal()

    def __init__(self) -> None:
        super().__init__(
            "cooperative",
            _("Selamat datang di Kopdesk"),
            _("Daftarkan laptop ini dengan akun dari Dinas. Hanya sekali, dan perlu internet."),
        )
        self.server, self.login = QLineEdit(), QLineEdit()
        self.password, self.pin, self.pin_again = QLineEdit(), QLineEdit(), QLineEdit()
        self.server.setPlaceholderText("https://")
        for secret in (self.password, self.pin, self.pin_again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        for line in (self.server, self.login, self.password, self.pin, self.pin_again):
            line.returnPressed.connect(self._ask)
        self._pin_field = Field(_("PIN untuk laptop ini (paling sedikit 6 huruf atau angka)"), self.pin)
        self._again_field = Field(_("PIN yang sama sekali lagi"), self.pin_again)
        self._button = primary(_("Daftarkan"), self._ask)
        self.body.addWidget(Field(_("Alamat pusat"), self.server))
        self.body.addWidget(Field(_("Nama pengguna"), self.login))
        self.body.addWidget(Field(_("Kata sandi"), self.password))
        self.body.addWidget(self._pin_field)
        self.body.addWidget(self._again_field)
        self.body.addLayout(row(self._button, None))
        self.body.addWidget(
            link(_("Belum punya akun? Coba dengan data latihan"), self.training_requested.emit)
        )
        self._pin_field.hide()
        self._again_field.hide()

    @property
    def first(self) -> QWidget:
        """Where one begins to type."""
        return self.server

    def take_over(self, other: EnrolForm) -> None:
        """What was typed into another."""
        for mine, typed in ((self.server, other.server), (self.login, other.login)):
            mine.setText(typed.text())

    def wait(self, *, is_waiting: bool) -> None:
        """While the centre is asked."""
        self._button.setEnabled(not is_waiting)
        self._button.setText(_("Menghubungi pusat …") if is_waiting else _("Daftarkan"))
        if is_waiting:
            self.banner.hide()

    def refuse(self, error: Exception) -> None:
        """Say why; what was typed stays."""
        self.wait(is_waiting=False)
        if type(error).__name__ in ("PassphraseNeeded", "WeakPassphrase"):
            self._pin_field.show()
            self._again_field.show()
            self.pin.setFocus(Qt.FocusReason.OtherFocusReason)
        if type(error).__name__ == "PassphraseNeeded":
            told = _("Laptop ini tidak punya tempat kunci yang aman. Buat PIN untuk menjaga data Anda.")
            self.banner.tell("notice", told)
        else:
            self.banner.tell("bad", sentence_for(error))

    def clear_secrets(self) -> None:
        """The secrets are not kept in fields nobody sees."""
        self.password.clear()
        self.pin.clear()
        self.pin_again.clear()

    def _ask(self) -> None:
        lines = (self.server, self.login, self.password)
        for line in lines:
            if not line.text().strip():
                line.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if self._pin_field.isVisible() and not self._is_pin_sure():
            return
        pin = self.pin.text() if self._pin_field.isVisible() else ""
        self.asked.emit(self.server.text().strip(), self.login.text().strip(), self.password.text(), pin)

    def _is_pin_sure(self) -> bool:
        """Typed twice alike: with a slip in it nobody would ever open this laptop again."""
        is_same = self.pin.text() == self.pin_again.text()
        self._pin_field.tell("" if self.pin.text() else _("Ketik PIN dulu."))
        self._again_field.tell("" if is_same else _("Kedua PIN belum sama. Ketik sekali lagi."))
        wrong = self.pin if not self.pin.text() else None if is_same else self.pin_again
        if wrong is not None:
            wrong.selectAll()
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is None


class UnlockForm(_Step):
    """The PIN, where it keeps the key."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("lock", _("Ketik PIN Anda"), _("PIN menjaga data koperasi di laptop ini."))
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.returnPressed.connect(self._ask)
        self._field = Field(_("PIN"), self.pin)
        self._button = primary(_("Buka"), self._ask)
        self.body.addWidget(self._field)
        self.body.addLayout(row(self._button, None))

    def tell(self, sentence: str) -> None:
        """What was wrong with the last one, and ready for the next."""
        self._button.setEnabled(True)
        self._field.tell(sentence)
        self.pin.selectAll()
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        if self.pin.text():
            self._button.setEnabled(False)
            self.asked.emit(self.pin.text())
        else:
            self.tell(_("Ketik PIN dulu."))


class Download(_Step):
    """The first copies: how much has come, and that it goes on where it was cut."""

    finished = Signal()
    _progress = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(
            "sync",
            _("Mengambil data koperasi"),
            _("Salinan koperasi dampingan Anda diambil sekali ini; sesudahnya bisa tanpa internet."),
        )
        self._session = session
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._told = PlainLabel("", "quiet")
        self._again = primary(_("Lanjutkan"), self.begin)
        self._later = quiet(_("Buka dengan yang sudah ada"), self.finished.emit)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._told)
        self.body.addLayout(row(self._again, self._later, None))
        self._progress.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Fetch, or go on fetching."""
        self.banner.hide()
        self._again.hide()
        self._later.hide()
        self._bar.setRange(0, 0)
        self._session.synchronise(self._progress.emit, self._on_done, self._on_failed)

    def _on_progress(self, summary: SyncSummary) -> None:
        whole = summary.received + summary.remaining
        if summary.remaining:
            self._bar.setRange(0, whole)
            self._bar.setValue(summary.received)
        if not whole:
            return
        told = _("Diterima {received} dari kira-kira {whole} isian; {size}.")
        size = bytes_text(summary.bytes_down)
        self._told.setText(told.format(received=number(summary.received), whole=number(whole), size=size))

    def _on_done(self, summary: SyncSummary) -> None:
        if summary.error is None:
            self.finished.emit()
        else:
            self._on_failed(summary.error)

    def _on_failed(self, error: Exception) -> None:
        self.banner.tell("warning", sentence_for(error))
        self._bar.setRange(0, 1)
        self._again.show()
        self._later.show()
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)
