"""Small pictures beside each other; more come by drag, by paste, or from a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QToolButton, QWidget

from kopdesk.ui.theme.theme import icon, use_tone
from kopdesk.ui.theme.tokens import MEDIUM, SMALL
from kopdesk.ui.widgets.buttons import quiet
from kopdesk.ui.widgets.chips import Flow
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row, widget_of
from kopdesk.wording.catalogue import _

SIDE = 112


@dataclass(frozen=True, slots=True)
class SmallPhoto:
    """`picture`: a JPEG, or None where it is not on this laptop."""

    id: UUID
    name: str
    picture: bytes | None


class PhotoStrip(QFrame):
    """Says what is wished: files to take in, a picture from the clipboard, one to look at or to take away."""

    files_given = Signal(object)
    picture_given = Signal(object)
    choosing_requested = Signal()
    opened = Signal(object)
    removal_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "drop")
        self.setAcceptDrops(True)
        self._may_add = True
        self._flow = Flow()
        self._pictures = widget_of(self._flow)
        self._choose = quiet(_("Pilih foto …"), self.choosing_requested.emit, "photo")
        self._told = PlainLabel(_("Tarik foto ke sini, tempel dengan Ctrl+V, atau pilih berkasnya."), "small")
        self.setLayout(
            column(self._pictures, row(self._choose, self._told, wide=1), gap=SMALL, margin=MEDIUM)
        )
        self.setAccessibleName(_("Foto"))
        self.setFocusProxy(self._choose)
        self._pictures.hide()
        self._choose.installEventFilter(self)

    def show_photos(self, photos: Sequence[SmallPhoto], *, may_add: bool) -> None:
        """Instead of those before. The one that has the keyboard keeps it."""
        self._may_add = may_add
        focused = next((b.property("photo") for b in self._buttons() if b.hasFocus()), None)
        while (item := self._flow.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for photo in photos:
            button = self._button(photo)
            self._flow.addWidget(button)
            button.show()
            if str(photo.id) == focused:
                button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._pictures.setVisible(bool(photos))
        self._choose.setVisible(may_add)
        self._told.setVisible(may_add)
        self.setVisible(may_add or bool(photos))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only what can be taken in."""
        if self._may_add and (_files(event.mimeData()) or event.mimeData().hasImage()):
            event.acceptProposedAction()
            use_tone(self, "notice")

    def dragLeaveEvent(self, event: QEvent) -> None:
        """It went elsewhere."""
        use_tone(self, "")

    def dropEvent(self, event: QDropEvent) -> None:
        """Here it is."""
        use_tone(self, "")
        if self._may_add and self._take(event.mimeData()):
            event.acceptProposedAction()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The button has the keyboard for the whole strip."""
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._pasted(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste takes in, delete takes away the one that has the keyboard."""
        focused = next((button for button in self._buttons() if button.hasFocus()), None)
        if event.key() == Qt.Key.Key_Delete and focused is not None and self._may_add:
            self.removal_requested.emit(UUID(str(focused.property("photo"))))
        elif not self._pasted(event):
            super().keyPressEvent(event)

    def paste(self) -> bool:
        """Whether the clipboard held something to take in."""
        return self._may_add and self._take(QApplication.clipboard().mimeData())

    def _pasted(self, event: QKeyEvent) -> bool:
        return event.matches(QKeySequence.StandardKey.Paste) and self.paste()

    def _take(self, given: QMimeData) -> bool:
        if files := _files(given):
            self.files_given.emit(files)
            return True
        image = given.imageData() if given.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self.picture_given.emit(image)
            return True
        return False

    def _buttons(self) -> list[QToolButton]:
        return self._pictures.findChildren(QToolButton)

    def _button(self, photo: SmallPhoto) -> QToolButton:
        button = QToolButton(self._pictures)
        button.setProperty("kind", "photo")
        button.setProperty("photo", str(photo.id))
        button.setIconSize(QSize(SIDE, SIDE))
        button.setFixedSize(SIDE + 2 * SMALL, SIDE + 2 * SMALL)
        button.setIcon(_icon(photo))
        told = photo.name or _("Foto")
        button.setToolTip(told)
        missing = _("{photo}, belum ada di laptop ini").format(photo=told)
        button.setAccessibleName(told if photo.picture else missing)
        button.clicked.connect(lambda: self.opened.emit(photo.id))
        return button


def _icon(photo: SmallPhoto) -> QIcon:
    if photo.picture is None:
        return icon("photo", "quiet")
    return QIcon(QPixmap.fromImage(QImage.fromData(photo.picture)))


def _files(given: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
