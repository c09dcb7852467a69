"""One photo, as large as the window allows, with its caption and when and where it was taken."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QSizePolicy, QWidget

from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.ui.session import Session
from kopdesk.ui.theme.tokens import MEDIUM, WIDE
from kopdesk.ui.widgets.buttons import plain
from kopdesk.ui.widgets.fields import Field, LineField
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.forms import open_form, save_form
from kopdesk.usecases.photos import Photo, read_photo
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import instant_text
from kopdesk.wording.figures import scaled
from kopdesk.wording.sentences import sentence_for


class PhotoViewer(QDialog):
    """Esc or Enter closes; the caption is saved as it is left."""

    def __init__(self, session: Session, photo: Photo, parent: QWidget, *, may_write: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Foto"))
        self._session, self._photo = session, photo
        self._picture = QPixmap()
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._label.setAccessibleName(photo.caption or photo.file_name or _("Foto"))
        self.caption = LineField()
        self.caption.show_value(photo.caption or None)
        self.caption.setEnabled(may_write)
        self.caption.changed.connect(self._save)
        close = plain(_("Tutup"), self.close)
        close.setDefault(True)
        foot = row(Field(_("Keterangan foto"), self.caption), close, gap=MEDIUM, wide=0)
        foot.setAlignment(close, Qt.AlignmentFlag.AlignBottom)
        facts = PlainLabel(_facts(photo, session.zone), "small")
        self.setLayout(column(self._label, facts, foot, gap=MEDIUM, margin=WIDE, wide=0))
        self.resize(parent.size() * 0.86)
        session.ask(partial(read_photo, sha256=photo.sha256), self._show, self._refuse, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture follows the window."""
        super().resizeEvent(event)
        self._fit()

    def reject(self) -> None:
        """Closing saves what is being typed."""
        self.caption.leave()
        super().reject()

    def _show(self, content: bytes) -> None:
        self._picture = QPixmap.fromImage(QImage.fromData(content))
        self._fit()

    def _refuse(self, error: Exception) -> None:
        self._label.setText(sentence_for(error))

    def _fit(self) -> None:
        if not self._picture.isNull():
            ratio = self.devicePixelRatioF()
            room = QSize(round(self._label.width() * ratio), round(self._label.height() * ratio))
            fitting = self._picture.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            fitting.setDevicePixelRatio(ratio)
            self._label.setPixmap(fitting)

    def _save(self, value: Value) -> None:
        def saved(desk: Desk) -> None:
            save_form(desk, open_form(desk, RecordKey("attachment", self._photo.id)), {"caption": value})

        self._session.change(saved)


def _facts(photo: Photo, zone: str) -> str:
    when = _("Diambil {when}").format(when=instant_text(photo.taken_at, zone)) if photo.taken_at else ""
    where = ""
    if photo.latitude is not None and photo.longitude is not None:
        where = _("letak {place}").format(place=f"{scaled(photo.latitude, 6)}; {scaled(photo.longitude, 6)}")
    return " · ".join(filter(None, (when, where))) or _("Foto ini tidak menyimpan waktu dan letaknya.")
