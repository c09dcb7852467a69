"""After a window that was not closed in order: what of its work was kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kopdesk.domain.records import RecordKey
from kopdesk.usecases.unsent import UnsentRecord
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import short_instant
from kopdesk.wording.titles import record_heading


@dataclass(frozen=True, slots=True)
class KeptTold:
    """`last`: the record that was typed into last, if it can be opened."""

    sentence: str
    last: RecordKey | None = None
    cooperative_id: UUID | None = None


def kept_told(unsent: Sequence[UnsentRecord], zone: str) -> KeptTold:
    """Everything that was said to be saved is there; of what is not sent yet the newest is named."""
    typed = [one for one in unsent if one.typed_at is not None]
    if not typed:
        return KeptTold(
            _("Kopdesk terakhir kali tertutup mendadak. Semua yang sudah tersimpan masih ada dan terkirim.")
        )
    newest = max(typed, key=lambda one: str(one.typed_at))
    assert newest.typed_at is not None
    sentence = _(
        "Kopdesk terakhir kali tertutup mendadak. Semua yang sudah tersimpan masih ada;"
        " yang terakhir diketik: {what}, {when}."
    ).format(
        what=record_heading(newest.key.type, newest.named.cooperative_name, newest.named.leaves, zone),
        when=short_instant(newest.typed_at, zone),
    )
    return KeptTold(sentence, newest.key, newest.cooperative_id)
