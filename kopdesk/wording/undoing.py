"""What was deleted, taken back or done again, by the names people give it."""

from typing import Protocol

from kopdesk.domain.fields import DELETED
from kopdesk.domain.records import Leaves, RecordKey
from kopdesk.wording.catalogue import _
from kopdesk.wording.figures import counted
from kopdesk.wording.labels import path_label
from kopdesk.wording.shortening import short_name
from kopdesk.wording.titles import record_title


class FormTold(Protocol):
    """A record as a form shows it."""

    @property
    def key(self) -> RecordKey: ...
    @property
    def leaves(self) -> Leaves: ...
    @property
    def cooperative_name(self) -> str: ...
    @property
    def is_new(self) -> bool: ...


class StepTold(Protocol):
    """One record in a change."""

    @property
    def after(self) -> Leaves: ...
    @property
    def form_before(self) -> FormTold: ...
    @property
    def form_after(self) -> FormTold: ...


def deleted_told(step: StepTold, others: int, zone: str) -> str:
    """Kunjungan 20 November 2026, Peridan dan 2 catatan lain dihapus. Ctrl+Z mengembalikannya."""
    what = _called(step, zone) if step.after.get(DELETED) is True else _part(step)
    if others:
        told = _("Dihapus: {what} dan {n} yang menyertainya. Ctrl+Z mengembalikan semuanya.")
        return told.format(what=what, n=counted(others, "record"))
    return _("Dihapus: {what}. Ctrl+Z mengembalikannya.").format(what=what)


def applied_told(step: StepTold, zone: str, *, is_undo: bool) -> str:
    """What is so again."""
    if step.after.get(DELETED) is True:
        told = _("Dikembalikan: {what}.") if is_undo else _("Dihapus lagi: {what}.")
        return told.format(what=_called(step, zone))
    if step.form_before.is_new:
        told = _("Tidak jadi dicatat: {what}.") if is_undo else _("Dicatat lagi: {what}.")
        return told.format(what=_called(step, zone))
    told = _("Diurungkan: {part} di {what}.") if is_undo else _("Diulangi: {part} di {what}.")
    return told.format(part=_part(step), what=_called(step, zone))


def refused_told(step: StepTold, zone: str) -> str:
    """Since then somebody has written something else there."""
    told = _("Tidak diurungkan: {part} di {what} sudah diubah lagi sesudahnya.")
    return told.format(part=_part(step), what=_called(step, zone))


def _called(step: StepTold, zone: str) -> str:
    form = step.form_after if step.form_before.is_new else step.form_before
    title = record_title(form.key.type, form.leaves, zone)
    name = short_name(form.cooperative_name)
    return title if not name or form.key.type == "cooperative" else f"{title} ({name})"


def _part(step: StepTold) -> str:
    """The leaf, or the row or group that all of its leaves are in."""
    kind, paths = step.form_before.key.type, sorted(step.after)
    if len(paths) == 1 and not paths[0].endswith(DELETED):
        return path_label(kind, paths[0])
    return path_label(kind, paths[0].split("/")[0])
