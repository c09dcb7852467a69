"""The photos of one record, on its form: taken in, shown, taken away again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QFileDialog, QWidget

from kopdesk.domain.records import RecordKey
from kopdesk.ui.photos.viewer import PhotoViewer
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import SMALL
from kopdesk.ui.widgets.buttons import link
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row
from kopdesk.ui.widgets.photo_strip import SIDE, PhotoStrip, SmallPhoto
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.forms import OpenForm, delete_form, open_form, restore_form
from kopdesk.usecases.photos import Photo, attach_photo, list_photos, read_photo_file
from kopdesk.wording.catalogue import _
from kopdesk.wording.sentences import sentence_for

PATTERN = "*.jpg *.jpeg *.png *.webp"


class PhotosPanel(QWidget):
    """`shown`: the photos that are there now; `taking`: one comes, and its owner has to be there before it.

    Files are read and reduced in the thread for work.
    """

    shown = Signal(object)
    taking = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._owner: RecordKey | None = None
        self._may_add = False
        self.owner_path = ""  # to which of its leaves a photo belongs that comes without saying so
        self.photos: list[Photo] = []
        self.strip = PhotoStrip()
        self.strip.files_given.connect(self.take_files)
        self.strip.picture_given.connect(self.take_picture)
        self.strip.choosing_requested.connect(self.choose)
        self.strip.opened.connect(self.open_photo)
        self.strip.removal_requested.connect(self.remove)
        self.fault = PlainLabel("", "small", tone="bad")
        self.fault.hide()
        self._back = link(_("Kembalikan foto yang dihapus"), self.put_back)
        self._back.hide()
        self._removed: OpenForm | None = None
        self.setLayout(column(self.strip, self.fault, row(self._back, None), gap=SMALL))
        session.records_changed.connect(self._load)

    def show_of(self, owner: RecordKey | None, *, may_add: bool) -> None:
        """The photos of this record; None while there is none to show."""
        if owner != self._owner:
            self.fault.hide()
            self._back.hide()
            self.photos = []
        if (owner, may_add) != (self._owner, self._may_add):
            self._owner, self._may_add = owner, may_add
            self._show(self.photos)
            self._load()

    def choose(self) -> None:
        """From the disk, several at once."""
        chosen, _filter = QFileDialog.getOpenFileNames(
            self, _("Pilih foto"), str(Path.home()), f"{_('Foto')} ({PATTERN})"
        )
        if chosen:
            self.take_files([Path(name) for name in chosen])

    def take_files(self, files: list[Path], owner_path: str = "") -> None:
        """One after another; what cannot be taken in is said, the others are."""
        for path in files:
            self._take(partial(_read, path), owner_path or self.owner_path)

    def take_picture(self, image: QImage) -> None:
        """From the clipboard."""
        self._take(lambda: (_png(image), ""), self.owner_path)

    def open_photo(self, photo_id: UUID) -> None:
        """Large, with its caption."""
        photo = next((one for one in self.photos if one.id == photo_id), None)
        if photo is not None:
            PhotoViewer(self._session, photo, self.window(), may_write=self._may_add).show()

    def remove(self, photo_id: UUID) -> None:
        """It goes from the record, and can be put back."""

        def removed(desk: Desk) -> OpenForm:
            form = open_form(desk, RecordKey("attachment", photo_id))
            delete_form(desk, form)
            return form

        self._session.change(removed, self._on_removed, self._refuse, owner=self)

    def put_back(self) -> None:
        """The one that was taken away last."""
        if (form := self._removed) is not None:
            self._removed = None
            self._back.hide()
            self._session.change(lambda desk: restore_form(desk, form), failed=self._refuse, owner=self)

    def _on_removed(self, form: OpenForm) -> None:
        self._removed = form
        self._back.show()

    def _take(self, read: Callable[[], tuple[bytes, str]], owner_path: str) -> None:
        owner, zone = self._owner, self._session.zone
        if owner is None or not self._may_add:
            return

        def taken(desk: Desk) -> UUID:
            content, name = read()
            return attach_photo(desk, owner, content, name, zone=zone, owner_path=owner_path)

        self.fault.hide()
        self.taking.emit()
        self._session.change(taken, self._on_taken, self._refuse, owner=self)

    def _on_taken(self, photo_id: UUID) -> None:
        self._session.told.emit(_("Foto tersimpan di laptop"))

    def _refuse(self, error: Exception) -> None:
        self.fault.setText(sentence_for(error))
        self.fault.show()

    def _load(self) -> None:
        if self._owner is not None:
            look_up = partial(list_photos, owner=self._owner, shrink=_small)
            self._session.ask(look_up, partial(self._on_loaded, self._owner), owner=self)

    def _on_loaded(self, owner: RecordKey, photos: list[Photo]) -> None:
        if owner == self._owner and photos != self.photos:
            self._show(photos)

    def _show(self, photos: list[Photo]) -> None:
        self.photos = photos
        small = [SmallPhoto(one.id, one.caption or one.file_name, one.small) for one in photos]
        self.strip.show_photos(small, may_add=self._may_add)
        self.shown.emit(photos)


def _read(path: Path) -> tuple[bytes, str]:
    return read_photo_file(path), path.name


def _small(photo: bytes) -> bytes:
    """In the thread for work, decoded at little more than the size it is shown in."""
    source = QBuffer()
    source.setData(photo)
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source)
    reader.setScaledSize(reader.size().scaled(QSize(2 * SIDE, 2 * SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    return _png(reader.read())


def _png(image: QImage) -> bytes:
    """In the thread for work: a picture of a screen takes its time."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
