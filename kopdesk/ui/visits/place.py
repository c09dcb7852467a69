"""Where a visit was: by hand, or as a photo says; and always how it is known."""

from PySide6.QtWidgets import QWidget

from kopdesk.domain.records import Leaves
from kopdesk.domain.values import Value
from kopdesk.domain.visit import PositionSource
from kopdesk.ui.forms.form import RecordForm
from kopdesk.ui.theme.tokens import MEDIUM, SMALL
from kopdesk.ui.widgets.buttons import link
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, row
from kopdesk.usecases.forms import OpenForm
from kopdesk.usecases.photos import Photo
from kopdesk.wording.catalogue import _
from kopdesk.wording.figures import scaled

_NAMES = ("latitude", "longitude")


class PlaceFields(QWidget):
    """Two coordinates of the form, where they come from, and the offer of a photo that knows better."""

    def __init__(self, form: RecordForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._photo: Photo | None = None
        self._source = PlainLabel("", "small")
        self._offer = link("", self.take_from_photo)
        fields = [form.field(name, on_typed=self._by_hand) for name in _NAMES]
        below = row(self._source, self._offer, None, gap=MEDIUM)
        self.setLayout(column(row(*fields, gap=MEDIUM), below, gap=SMALL))
        form.shown.connect(self._on_shown)

    def show_photos(self, photos: list[Photo]) -> None:
        """The first of them that knows where it was taken."""
        self._photo = next((photo for photo in photos if photo.has_place), None)
        if self._form.form is not None:
            self._on_shown(self._form.form)

    def take_from_photo(self) -> None:
        """Its place, and that it comes from there."""
        if self._photo is not None:
            place = {"latitude": self._photo.latitude, "longitude": self._photo.longitude}
            self._form.presenter.save({**place, "position_source": PositionSource.PHOTO})

    def _by_hand(self, values: Leaves) -> Leaves:
        """What is typed is not what a receiver said."""
        leaves = {**(self._form.form.leaves if self._form.form is not None else {}), **values}
        is_filled = any(leaves.get(name) is not None for name in _NAMES)
        return {**values, "position_source": PositionSource.MANUAL if is_filled else None}

    def _on_shown(self, form: OpenForm) -> None:
        self._source.setText(_told(form.leaves.get("position_source")))
        self._source.setVisible(bool(self._source.text()))
        photo = self._photo
        is_new = photo is not None and any(form.leaves.get(n) != getattr(photo, n) for n in _NAMES)
        if photo is not None and photo.latitude is not None and photo.longitude is not None:
            place = f"{scaled(photo.latitude, 6)}; {scaled(photo.longitude, 6)}"
            self._offer.setText(_("Pakai letak dari foto ({place})").format(place=place))
        may_write = self._form.fields["latitude"].control.isEnabled()
        self._offer.setVisible(is_new and may_write)


def _told(source: Value) -> str:
    told = {
        PositionSource.GPS: _("Letak dari GPS."),
        PositionSource.PHOTO: _("Letak dari foto."),
        PositionSource.MANUAL: _("Letak diketik sendiri."),
    }
    return next((text for word, text in told.items() if word == source), "")
