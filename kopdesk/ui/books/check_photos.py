"""Photos of a check: of a book, of a bank statement, of the page both have signed."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kopdesk.domain.records import Leaves
from kopdesk.ui.photos.panel import PhotosPanel
from kopdesk.ui.theme.tokens import SMALL
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column
from kopdesk.usecases.forms import OpenForm
from kopdesk.usecases.photos import Photo
from kopdesk.wording.catalogue import _

if TYPE_CHECKING:
    from kopdesk.ui.books.check_form import CheckForm


class CheckPhotos(QWidget):
    """A photo that is added belongs to the leaf that `belongs_to` has named, and that leaf names it."""

    def __init__(self, form: "CheckForm", hint: str) -> None:
        super().__init__()
        self._form = form
        self.panel = PhotosPanel(form.session)
        self.panel.taking.connect(form.be_there)
        self.panel.shown.connect(self._on_photos)
        self._told = PlainLabel(hint, "small")
        self._hint = hint
        self.setLayout(column(self._told, self.panel, gap=SMALL))
        form.shown.connect(self._show)
        if form.form is not None:
            self._show(form.form)

    def belongs_to(self, path: str, name: str) -> None:
        """From now on: "books/kas/photo_id", Buku kas."""
        self.panel.owner_path = path
        self._told.setText(_("Foto {name}").format(name=name) if path else self._hint)

    def _show(self, form: OpenForm) -> None:
        self.panel.show_of(form.key, may_add=self._form.may_photograph(form, self.panel.owner_path))

    def _on_photos(self, photos: list[Photo]) -> None:
        form = self._form.form
        if form is None or not photos:
            return
        values: Leaves = {
            photo.owner_path: str(photo.id)
            for photo in photos
            if photo.owner_path == self.panel.owner_path and not form.leaves.get(photo.owner_path)
        }
        if values and self.panel.owner_path and self._form.may_photograph(form, self.panel.owner_path):
            self._form.presenter.save(values)
