"""Photos of a record: taken in, listed, shown. The record travels at once; its bytes travel apart, later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from kopdesk.domain.errors import RecordNotFound
from kopdesk.domain.ids import uuid7
from kopdesk.domain.records import Leaves, RecordKey
from kopdesk.storage.database import UnitOfWork
from kopdesk.storage.errors import AttachmentDamaged, AttachmentMissing
from kopdesk.storage.files import disk_errors
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.editing import save_leaves
from kopdesk.usecases.errors import PhotoTooLarge
from kopdesk.usecases.granted import writable_channel
from kopdesk.usecases.reducing import MOST_BYTES, reduced

_SHOWN = ("sha256", "caption", "file_name", "taken_at", "latitude", "longitude", "owner_id", "owner_path")


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo of a record. `small`: a picture for the strip, None where its bytes are not on this laptop."""

    id: UUID
    sha256: str
    caption: str
    file_name: str
    taken_at: datetime | None
    latitude: int | None
    longitude: int | None
    owner_path: str
    small: bytes | None

    @property
    def has_place(self) -> bool:
        """Whether the camera knew where it was."""
        return self.latitude is not None and self.longitude is not None


def read_photo_file(path: Path) -> bytes:
    """Raises PhotoTooLarge before it is read, or a ProfileError of its disk."""
    with disk_errors(path.parent):
        if path.stat().st_size > MOST_BYTES:
            raise PhotoTooLarge(path.name)
        return path.read_bytes()


def attach_photo(
    desk: Desk, owner: RecordKey, content: bytes, file_name: str, *, zone: str, owner_path: str = ""
) -> UUID:
    """Reduce a photo, keep it for good, and say whose it is; returns the attachment's id.

    `zone`: where the camera's clock was, unless the photo says so. Taken in twice it is there once. Raises
    NotAPhoto, PhotoTooLarge, RecordNotFound, NotYourCooperative.
    """
    photo = reduced(content, file_name, zone)
    with desk.database.reading() as work:
        cooperative_id = _cooperative_of(work, owner)
        writable_channel(work, cooperative_id)
    digest = desk.attachments.put(photo.content)
    with desk.database.writing() as work:
        channel = writable_channel(work, cooperative_id)
        if (known := _known(work, owner, digest)) is not None:
            return known
        key = RecordKey("attachment", uuid7(desk.now_ms, desk.random_bytes(10)))
        values: Leaves = {
            "sha256": digest,
            "size_bytes": len(photo.content),
            "media_type": "image/jpeg",
            "file_name": file_name[:200] or None,
            "taken_at": f"{photo.taken_at:%Y-%m-%dT%H:%M:%SZ}" if photo.taken_at else None,
            "latitude": photo.latitude,
            "longitude": photo.longitude,
            "owner_type": owner.type,
            "owner_id": str(owner.id),
            "owner_path": owner_path or None,
        }
        save_leaves(desk, work, channel, key, values)
    return key.id


def list_photos(desk: Desk, owner: RecordKey, *, shrink: Callable[[bytes], bytes]) -> list[Photo]:
    """In the order in which they were taken in, each with what `shrink` makes of its JPEG."""
    with desk.database.reading() as work:
        stored = work.records.find(owner)
        if stored is None:
            return []
        rows = work.lists.rows("attachment", *_SHOWN, cooperative_id=stored.cooperative_id)
    found = [row for row in rows if row.leaves["owner_id"] == str(owner.id) and row.leaves["sha256"]]
    return [
        Photo(
            id=row.id,
            sha256=str(row.leaves["sha256"]),
            caption=str(row.leaves["caption"] or ""),
            file_name=str(row.leaves["file_name"] or ""),
            taken_at=_time(row.leaves["taken_at"]),
            latitude=_whole(row.leaves["latitude"]),
            longitude=_whole(row.leaves["longitude"]),
            owner_path=str(row.leaves["owner_path"] or ""),
            small=_small(desk, str(row.leaves["sha256"]), shrink),
        )
        for row in found
    ]


def read_photo(desk: Desk, sha256: str) -> bytes:
    """The JPEG itself; raises AttachmentMissing or AttachmentDamaged."""
    return desk.attachments.get(sha256)


def _small(desk: Desk, digest: str, shrink: Callable[[bytes], bytes]) -> bytes | None:
    try:
        return shrink(desk.attachments.get(digest))
    except (AttachmentMissing, AttachmentDamaged):  # said when it is opened
        return None


def _cooperative_of(work: UnitOfWork, owner: RecordKey) -> UUID:
    stored = work.records.find(owner)
    if stored is None or stored.cooperative_id is None or not stored.layers:
        raise RecordNotFound(owner.type, owner.id)
    return stored.cooperative_id


def _known(work: UnitOfWork, owner: RecordKey, digest: str) -> UUID | None:
    rows = work.lists.rows("attachment", "sha256", "owner_id")
    return next(
        (r.id for r in rows if r.leaves["sha256"] == digest and r.leaves["owner_id"] == str(owner.id)), None
    )


def _time(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError:  # of a newer schema
        return None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
