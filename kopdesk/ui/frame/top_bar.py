"""Above the pages: the cooperative in focus, the way to everything, and the sync pill."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from kopdesk.ui.frame.sync_pill import SyncPill
from kopdesk.ui.theme.theme import icon
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL
from kopdesk.ui.widgets.labels import LineLabel
from kopdesk.ui.widgets.layouts import row
from kopdesk.wording.catalogue import _


class TopBar(QFrame):
    """Asks for the switcher, the finder and the page behind the pill."""

    switch_requested = Signal()
    find_requested = Signal()
    sync_page_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._focus = QPushButton()
        self._focus.setProperty("kind", "quiet")
        self._focus.setAutoDefault(False)
        self._focus.setIcon(icon("cooperative"))
        self._focus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._focus.clicked.connect(self.switch_requested)
        self._find = QPushButton(_("Cari …"))
        self._find.setProperty("kind", "quiet")
        self._find.setAutoDefault(False)
        self._find.setIcon(icon("search", "quiet"))
        self._find.setToolTip(_("Cari koperasi, orang, kunjungan, atau perintah (Ctrl+K)"))
        self._find.clicked.connect(self.find_requested)
        self._training = LineLabel(_("LATIHAN"), "strong", tone="warning")
        self._training.hide()
        self.pill = SyncPill()
        self.pill.clicked.connect(self.sync_page_requested)
        self.setLayout(
            row(
                self._focus,
                self._find,
                self._training,
                None,
                self.pill,
                gap=SMALL,
                margin=(MEDIUM, SMALL, LARGE, SMALL),
            )
        )
        self.show_cooperative("")

    def show_cooperative(self, name: str) -> None:
        """Its name, or that all of them are in sight."""
        shown = name or _("Semua koperasi")
        room = self._focus.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideMiddle, 420)
        self._focus.setText(room)
        self._focus.setToolTip(shown if room != shown else _("Pilih koperasi"))
        self._focus.setAccessibleName(_("Koperasi yang dibuka: {name}").format(name=shown))

    def show_training(self, is_training: bool) -> None:
        """The word that nobody may overlook."""
        self._training.setVisible(is_training)
