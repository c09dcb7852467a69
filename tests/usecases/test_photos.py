"""Photos: what of a file is kept, what leaves with it, and where its bytes lie."""

import io
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image, ImageDraw

from kopdesk.domain.records import RecordKey
from kopdesk.sample.picture import cash_book_photo
from kopdesk.storage.attachments import FOLDER, AttachmentFiles
from kopdesk.storage.errors import AttachmentDamaged, AttachmentMissing
from kopdesk.usecases.errors import NotAPhoto, NotYourCooperative, PhotoTooLarge
from kopdesk.usecases.forms import open_form, save_form
from kopdesk.usecases.photos import attach_photo, list_photos, read_photo, read_photo_file
from kopdesk.usecases.records import list_records
from kopdesk.usecases.reducing import ENOUGH_BYTES, LONG_SIDE, reduced
from tests.support.histories import synced
from tests.support.world import TestLaptop, World

BOOK = cash_book_photo(datetime(2026, 11, 22, 9, 30, tzinfo=UTC), latitude=964_126, longitude=118_030_726)


def halved(photo: bytes) -> bytes:
    return photo[: len(photo) // 2]


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    world.person("ani", coop)
    return coop


@pytest.fixture
def ani(world: World, coop: UUID) -> TestLaptop:
    return synced(world, "ani", coop)


@pytest.fixture
def visit(ani: TestLaptop, coop: UUID) -> RecordKey:
    return RecordKey("visit", ani.put("visit", cooperative_id=str(coop), visited_on="2026-11-22"))


def png(mode: str, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


def test_place_and_time_are_read_and_then_stripped() -> None:
    photo = reduced(BOOK, "buku.jpg", "WITA")
    assert (photo.latitude, photo.longitude) == (964_126, 118_030_726)
    assert photo.taken_at == datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
    written = Image.open(io.BytesIO(photo.content))
    assert dict(written.getexif()) == {}
    assert written.getexif().get_ifd(0x8825) == {}


def test_a_zone_in_the_photo_counts_more_than_the_laptops() -> None:
    picture = Image.new("RGB", (40, 30))
    exif = picture.getexif()
    exif.get_ifd(0x8769).update({0x9003: "2026:11:22 09:30:00", 0x9011: "+09:00"})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    assert reduced(out.getvalue(), "", "WIB").taken_at == datetime(2026, 11, 22, 0, 30, tzinfo=UTC)


def test_a_receiver_without_a_fix_is_no_place() -> None:
    photo = cash_book_photo(datetime(2026, 11, 22, tzinfo=UTC), latitude=0, longitude=0)
    assert reduced(photo, "", "WIB").latitude is None


def test_a_large_photo_becomes_small_enough() -> None:
    noise = Image.effect_noise((3200, 2400), 90).convert("RGB")
    ImageDraw.Draw(noise).line((0, 0, 3200, 2400), fill="red", width=40)
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95)
    photo = reduced(out.getvalue(), "", "WIB")
    assert (photo.width, photo.height) == (LONG_SIDE, 1200)
    assert len(photo.content) < len(out.getvalue()) / 4
    assert len(reduced(BOOK, "", "WIB").content) < ENOUGH_BYTES


def test_a_photo_is_turned_as_it_was_held() -> None:
    picture = Image.new("RGB", (400, 300))
    exif = picture.getexif()
    exif[0x0112] = 6
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    photo = reduced(out.getvalue(), "", "WIB")
    assert (photo.width, photo.height) == (300, 400)


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA", "L", "1", "I;16"])
def test_every_kind_of_picture_becomes_a_jpeg(mode: str) -> None:
    assert reduced(png(mode, (30, 20)), "", "WIB").content.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", b"GIF89a" + bytes(40), BOOK[:900], b"%PDF-1.7", b"\xff\xd8\xff" + bytes(50)],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPhoto) as refused:
        reduced(content, "surat.jpg", "WIB")
    assert refused.value.file_name == "surat.jpg"


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(PhotoTooLarge):
        reduced(png("1", (9000, 5000)), "peta.png", "WIB")


def test_a_file_of_too_many_bytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "film.jpg"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(PhotoTooLarge):
        read_photo_file(path)


def test_an_attached_photo_is_listed_and_read_back(ani: TestLaptop, visit: RecordKey) -> None:
    attach_photo(ani.desk, visit, BOOK, "buku kas.jpg", zone="WITA")
    (photo,) = list_photos(ani.desk, visit, shrink=halved)
    assert photo.file_name == "buku kas.jpg"
    assert photo.has_place
    assert read_photo(ani.desk, photo.sha256) == reduced(BOOK, "", "WITA").content
    assert photo.small is not None
    assert len(photo.small) == len(read_photo(ani.desk, photo.sha256)) // 2


def test_the_same_photo_taken_in_twice_is_there_once(ani: TestLaptop, visit: RecordKey) -> None:
    first = attach_photo(ani.desk, visit, BOOK, "a.jpg", zone="WITA")
    assert attach_photo(ani.desk, visit, BOOK, "b.jpg", zone="WITA") == first
    assert len(list_photos(ani.desk, visit, shrink=halved)) == 1


def test_a_photo_that_was_deleted_comes_back_with_its_bytes(ani: TestLaptop, visit: RecordKey) -> None:
    key = RecordKey("attachment", attach_photo(ani.desk, visit, BOOK, "a.jpg", zone="WITA"))
    save_form(ani.desk, open_form(ani.desk, key), {"~deleted": True})
    assert list_photos(ani.desk, visit, shrink=halved) == []
    (again,) = [attach_photo(ani.desk, visit, BOOK, "a.jpg", zone="WITA")]
    assert [one.id for one in list_photos(ani.desk, visit, shrink=halved)] == [again]


def test_its_record_travels_at_once_and_tells_another_laptop_that_the_bytes_are_elsewhere(
    world: World, coop: UUID, ani: TestLaptop, visit: RecordKey
) -> None:
    world.person("budi", coop)
    attach_photo(ani.desk, visit, BOOK, "a.jpg", zone="WITA")
    ani.sync()
    budi = synced(world, "budi", coop)
    (photo,) = list_photos(budi.desk, visit, shrink=halved)
    assert photo.small is None
    with pytest.raises(AttachmentMissing):
        read_photo(budi.desk, photo.sha256)


def test_nothing_is_left_behind_where_a_photo_may_not_be_added(
    world: World, ani: TestLaptop, visit: RecordKey, coop: UUID
) -> None:
    from kopdesk.server.operations import unassign

    ani.sync()
    unassign(world.server, "ani", str(coop))
    ani.sync()
    with pytest.raises(NotYourCooperative):
        attach_photo(ani.desk, visit, BOOK, "a.jpg", zone="WITA")
    assert list_records(ani.desk, "attachment") == []
    assert not (ani.folder / FOLDER).exists()


def test_no_byte_of_a_photo_is_readable_on_the_disk(ani: TestLaptop, visit: RecordKey) -> None:
    attach_photo(ani.desk, visit, BOOK, "a.jpg", zone="WITA")
    (file,) = [path for path in (ani.folder / FOLDER).rglob("*") if path.is_file()]
    on_disk, plain = file.read_bytes(), reduced(BOOK, "", "WITA").content
    assert len(on_disk) == len(plain) + 12 + 16
    assert not any(plain[at : at + 16] in on_disk for at in range(0, len(plain) - 16, 997))
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("at", [0, 11, 12, 500, -1])
def test_a_changed_byte_is_noticed(tmp_path: Path, at: int) -> None:
    files = AttachmentFiles(tmp_path, bytes(32))
    name = files.put(b"x" * 1000)
    path = tmp_path / FOLDER / name[:2] / name
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(AttachmentDamaged):
        files.get(name)


@pytest.mark.parametrize("name", ["", "../../kopdesk.db", "A" * 64, "g" * 64, "a" * 63])
def test_only_a_hash_names_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(AttachmentMissing):
        AttachmentFiles(tmp_path, bytes(32)).get(name)


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    name = AttachmentFiles(tmp_path, bytes(32)).put(b"x")
    with pytest.raises(AttachmentDamaged):
        AttachmentFiles(tmp_path, bytes(31) + b"1").get(name)
