"""What is known about a photo or scan; its bytes travel apart."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kopdesk.domain.fields import Kind, MergeClass, leaf
from kopdesk.domain.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Record):
    """`owner_path` names the row or leaf of the owner that the picture proves, if it proves one."""

    sha256: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE, format="sha256")
    size_bytes: int | None = leaf(Kind.COUNT)
    media_type: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    file_name: str | None = leaf(Kind.LINE)
    caption: str | None = leaf(Kind.LINE)
    taken_at: datetime | None = leaf(Kind.INSTANT)
    latitude: int | None = leaf(Kind.COORDINATE)
    longitude: int | None = leaf(Kind.COORDINATE)
    owner_type: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    owner_id: UUID | None = leaf(Kind.REFERENCE)
    owner_path: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
