"""The model of a disk is the measure of everything here, so it is measured itself."""

import random
from pathlib import Path

from tests.crashes.disk import Disk, Fate, Image
from tests.crashes.history import FOLDER, Change, History, Named, Renamed, Synced, Truncated, Unnamed, Written

ROOT, OLD, NEW, INNER = 0, 1, 2, 3
PAGE = 4096


def a_disk(*changes: Change) -> Disk:
    """A folder with one file, "old", of four pages of a, to which this has happened."""
    history = History({"": ROOT, "old": OLD}, {ROOT: FOLDER, OLD: b"a" * 4 * PAGE}, ())
    disk = Disk.before(history)
    for change in changes:
        disk.take(change)
    return disk


def images(disk: Disk, count: int = 400) -> set[Image]:
    chance = random.Random(1)
    fates = [*Fate, *[Fate.CHANCE] * count]
    return {disk.image(fate, chance) for fate in fates}


def contents(disk: Disk, path: str = "old") -> set[bytes | None]:
    return {image.files.get(path) for image in images(disk)}


def overwritten(offset: int, size: int) -> Written:
    return Written(OLD, offset, b"b" * size)


def test_what_was_synced_is_there_whatever_happens() -> None:
    disk = a_disk(overwritten(0, PAGE), Synced(OLD))
    assert contents(disk) == {b"b" * PAGE + b"a" * 3 * PAGE}
    assert disk.is_certain


def test_a_sync_is_of_one_file_and_of_what_came_before_it() -> None:
    disk = a_disk(
        Named("new", NEW, is_new=True), Synced(ROOT), Written(NEW, 0, b"b"), Synced(OLD), overwritten(0, 1)
    )
    assert contents(disk, "new") == {b"", b"b"}
    assert contents(disk, "old") == {b"a" * 4 * PAGE, b"b" + b"a" * (4 * PAGE - 1)}


def test_any_sectors_of_an_unsynced_write_may_be_missing_and_none_is_half_there() -> None:
    found = contents(a_disk(overwritten(0, 2 * PAGE)))
    assert {b"a" * 4 * PAGE, b"b" * 2 * PAGE + b"a" * 2 * PAGE} < found
    assert b"a" * PAGE + b"b" * PAGE + b"a" * 2 * PAGE in found  # the second page without the first
    sectors = {content[at : at + 512] for content in found if content for at in range(0, 4 * PAGE, 512)}
    assert sectors == {b"a" * 512, b"b" * 512}
    torn = {content for content in found if content and content[:PAGE] not in (b"a" * PAGE, b"b" * PAGE)}
    assert torn


def test_a_later_write_may_be_there_without_an_earlier_one() -> None:
    found = contents(a_disk(overwritten(0, PAGE), overwritten(3 * PAGE, PAGE)))
    assert b"a" * 3 * PAGE + b"b" * PAGE in found
    assert b"b" * PAGE + b"a" * 3 * PAGE in found


def test_a_truncate_happens_or_does_not_before_its_sync() -> None:
    assert contents(a_disk(Truncated(OLD, 10))) == {b"a" * 4 * PAGE, b"a" * 10}
    assert contents(a_disk(Truncated(OLD, 10), Synced(OLD))) == {b"a" * 10}


def test_a_gap_that_was_never_written_is_zeros() -> None:
    disk = a_disk(Named("new", NEW, is_new=True), Synced(ROOT), Written(NEW, 3, b"b"))
    assert contents(disk, "new") == {b"", b"\0\0\0b"}


def test_a_synced_file_is_gone_if_its_name_was_not_synced() -> None:
    changes = (Named("new", NEW, is_new=True), Written(NEW, 0, b"b"), Synced(NEW))
    assert contents(a_disk(*changes), "new") == {None, b"b"}
    assert contents(a_disk(*changes, Synced(ROOT)), "new") == {b"b"}


def test_a_rename_is_never_half_done() -> None:
    disk = a_disk(Renamed("old", "new", OLD))
    assert {frozenset(image.files) for image in images(disk)} == {frozenset({"old"}), frozenset({"new"})}


def test_a_file_renamed_over_another_takes_its_place_or_does_not() -> None:
    new = (Named("new", NEW, is_new=True), Written(NEW, 0, b"b"), Synced(NEW))
    assert contents(a_disk(*new, Renamed("new", "old", NEW))) == {b"a" * 4 * PAGE, b"b"}
    without_sync = (Named("new", NEW, is_new=True), Written(NEW, 0, b"b"), Renamed("new", "old", NEW))
    assert contents(a_disk(*without_sync)) == {b"a" * 4 * PAGE, b"", b"b"}


def test_names_do_not_wait_for_one_another() -> None:
    disk = a_disk(Named("new", NEW, is_new=True), Unnamed("old", OLD))
    found = {frozenset(image.files) for image in images(disk)}
    assert found == {frozenset(), frozenset({"old"}), frozenset({"new"}), frozenset({"old", "new"})}


def test_what_was_moved_into_a_folder_that_is_not_there_is_where_it_was() -> None:
    folder = Named("inner", INNER, is_new=True, is_folder=True)
    disk = a_disk(folder, Renamed("old", "inner/old", OLD), Synced(INNER))
    found = {frozenset(image.files) for image in images(disk)}
    assert found == {frozenset({"old"}), frozenset({"inner", "inner/old"})}


def test_another_disk_keeps_everything() -> None:
    disk = a_disk()
    disk.take(overwritten(0, 4 * PAGE), elsewhere=True)
    disk.take(Unnamed("old", OLD), elsewhere=True)
    assert disk.is_certain
    assert contents(disk) == {None}


def test_the_same_seed_makes_the_same_images(tmp_path: Path) -> None:
    disk = a_disk(overwritten(0, 4 * PAGE), Named("new", NEW, is_new=True))
    first, second = (
        [disk.image(Fate.CHANCE, chance) for _ in range(20)]
        for chance in (random.Random(7), random.Random(7))
    )
    assert first == second
