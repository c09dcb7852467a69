"""What a laptop's store promises; runs on SQLite and on the model, so that the model cannot drift."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kopdesk.domain.layers import CentralLeaf, EditedLeaf, FrozenLeaf, LeafLayers, OfferedLeaf, put_aside
from kopdesk.domain.marks import Mark
from kopdesk.domain.records import RecordKey
from kopdesk.storage.channels import GrantRow, RevisionRow
from kopdesk.storage.database import Database
from kopdesk.storage.outbox import RELEASED, BatchRow, MendRow, ReceiptRow, ReplicaRow, TakenOff
from kopdesk.storage.records import Kept
from kopdesk.sync.ports import LaptopStore
from tests.support.model_laptop_store import ModelLaptopStore

COOP = "coop/00000000-0000-7000-8000-0000000000aa"
OTHER = "coop/00000000-0000-7000-8000-0000000000bb"
FIRST, SECOND = UUID(int=1), UUID(int=2)


class Crash(Exception):
    """Something unexpected in the middle of a unit of work."""


def a_visit(number: int) -> RecordKey:
    return RecordKey("visit", UUID(int=number))


def central(rev: int, value: Any = "kas") -> LeafLayers:
    return LeafLayers(central=CentralLeaf(value, rev, own_edit=4))


def edited(number: int, value: Any = "kas baru") -> LeafLayers:
    return LeafLayers(edited=EditedLeaf(value, 3, "kas", number, made_at=number * 10))


FULL = LeafLayers(
    central=CentralLeaf(1, 7, past=2),
    offered=OfferedLeaf(None, 8, 1, 6, 4, 2, 1),
    frozen=FrozenLeaf(True, 7, None, 3, 0, 5, 50, {"notes": 6}),
    edited=EditedLeaf("1", 7, 1, 9, 90, 3, {"notes": Mark.parse("c6")}, (bytes(32), 1)),
)


@pytest.fixture(params=["sqlite", "model"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LaptopStore]:
    if request.param == "model":
        model = ModelLaptopStore()
        _start(model)
        yield model
        return
    database = Database.create(tmp_path, bytes(32))
    _start(database)
    yield database
    database.close()


def _start(store: LaptopStore) -> None:
    with store.writing() as work:
        work.outbox.start_replica(FIRST, 1)


def kept(store: LaptopStore, records: Mapping[RecordKey, Mapping[str, LeafLayers]]) -> None:
    with store.writing() as work:
        work.records.keep_many([Kept(COOP, key, {}, layers) for key, layers in records.items()])


def test_layers_come_back_as_they_were_kept(store: LaptopStore) -> None:
    kept(store, {a_visit(1): {"notes": FULL, "agreement": central(2, None)}})
    with store.reading() as work:
        (found,) = work.records.find_many([a_visit(1), a_visit(2)])
        assert (found.key, found.channel) == (a_visit(1), COOP)
        assert found.layers == {"notes": FULL, "agreement": central(2, None)}
        assert list(found.layers) == ["agreement", "notes"]
        assert work.records.find(a_visit(1)) == found
        assert work.records.find(a_visit(2)) is None


def test_a_leaf_that_is_gone_from_all_layers_is_gone_and_the_record_stays_known(store: LaptopStore) -> None:
    kept(store, {a_visit(1): {"notes": edited(1)}})
    with store.writing() as work:
        work.records.keep(COOP, a_visit(1), {"notes": edited(1)}, {"notes": LeafLayers()})
    with store.reading() as work:
        found = work.records.find(a_visit(1))
        assert found is not None
        assert found.layers == {}


def test_a_record_stays_in_its_channel(store: LaptopStore) -> None:
    kept(store, {a_visit(1): {"notes": edited(1)}})
    with store.writing() as work:
        work.records.keep(OTHER, a_visit(1), {"notes": edited(1)}, {"notes": edited(2)})
    with store.reading() as work:
        found = work.records.find(a_visit(1))
        assert found is not None
        assert found.channel == COOP


def test_records_are_listed_by_type_and_channel_in_the_order_of_their_ids(store: LaptopStore) -> None:
    count = RecordKey("member_count", UUID(int=9))
    kept(
        store,
        {a_visit(3): {"notes": edited(3)}, count: {"note": edited(2)}, a_visit(1): {"notes": edited(1)}},
    )
    with store.reading() as work:
        assert [stored.key for stored in work.records.list_all()] == [count, a_visit(1), a_visit(3)]
        assert [stored.key for stored in work.records.list_all("visit")] == [a_visit(1), a_visit(3)]
        assert [stored.key for stored in work.records.list_all("visit", COOP)] == [a_visit(1), a_visit(3)]
        assert work.records.list_all("visit", OTHER) == []


def test_what_is_unsent_is_counted_and_listed_oldest_first(store: LaptopStore) -> None:
    kept(store, {a_visit(3): {"notes": FULL}, a_visit(1): {"notes": edited(10), "place": edited(2)}})
    with store.reading() as work:
        assert (work.records.unsent_count(), work.records.owed_count()) == (5, 1)
        assert work.records.oldest_unsent_at() == 20
        assert [(key, path) for _, key, path, _ in work.records.edits()] == [
            (a_visit(1), "place"),
            (a_visit(3), "notes"),
            (a_visit(1), "notes"),
        ]
        assert next(work.records.edits())[3] == edited(2).edited
        assert work.records.frozen_keys() == [a_visit(3)]
        assert work.records.offered_keys() == [a_visit(3)]


def test_what_was_put_aside_has_its_answer_and_is_shown_on(store: LaptopStore) -> None:
    aside = put_aside(LeafLayers(offered=FULL.offered))
    kept(store, {a_visit(1): {"notes": aside}, a_visit(3): {"notes": FULL}})
    with store.reading() as work:
        assert work.records.put_aside_keys() == [a_visit(1)]
        assert work.records.offered_keys() == [a_visit(3)]
        assert (work.records.unsent_count(), work.records.unsent_in(COOP)) == (3, 3)
        assert work.records.owed_count() == 1
        assert work.records.held_in(COOP) == {"visit": 2}
    with store.writing() as work:
        sent = {"notes": LeafLayers(central=FULL.central)}
        work.records.keep(COOP, a_visit(3), {"notes": FULL}, sent)
        work.records.keep(OTHER, a_visit(4), {}, {"notes": aside})
        work.records.forget(COOP)
        assert (work.records.held_in(COOP), work.records.put_aside_keys()) == ({}, [a_visit(4)])


def test_nothing_unsent_has_no_oldest(store: LaptopStore) -> None:
    with store.reading() as work:
        assert work.records.oldest_unsent_at() is None
        assert (work.records.unsent_count(), work.records.owed_count()) == (0, 0)


def test_a_block_that_raises_leaves_nothing(store: LaptopStore) -> None:
    def crash_at_the_end() -> None:
        with store.writing() as work:
            work.records.keep(COOP, a_visit(1), {}, {"notes": edited(1)})
            work.outbox.number_edits(3)
            work.outbox.launch(BatchRow(1, b"batch", 5))
            work.channels.save_cursor(COOP, b"cursor")
            work.channels.save_digest(COOP, 7)
            work.profile.save_value("name", "value")
            raise Crash

    with pytest.raises(Crash):
        crash_at_the_end()
    with store.reading() as work:
        assert work.records.find(a_visit(1)) is None
        assert work.outbox.replica() == ReplicaRow(FIRST, 0, 0, b"", 0, 0)
        assert work.outbox.in_flight() is None
        assert work.channels.cursors() == {}
        assert work.channels.digest(COOP) == 0
        assert work.profile.value("name") is None


def test_a_unit_of_work_sees_what_it_wrote(store: LaptopStore) -> None:
    with store.writing() as work:
        work.records.keep(COOP, a_visit(1), {}, {"notes": edited(1)})
        found = work.records.find(a_visit(1))
        assert found is not None
        assert found.layers == {"notes": edited(1)}


def test_edits_are_numbered_for_ever_even_in_a_new_replica(store: LaptopStore) -> None:
    with store.writing() as work:
        assert work.outbox.number_edits(2) == range(1, 3)
        work.outbox.start_replica(SECOND, 2)
        assert work.outbox.number_edits(1) == range(3, 4)
        assert work.outbox.replica() == ReplicaRow(SECOND, 0, 0, b"", 3, 0)


def test_a_batch_is_in_flight_until_its_receipt_lands(store: LaptopStore) -> None:
    with store.writing() as work:
        work.outbox.launch(BatchRow(1, b"batch", 5))
    with store.writing() as work:
        assert work.outbox.in_flight() == BatchRow(1, b"batch", 5)
        assert work.outbox.replica().last_seq == 1
        work.outbox.land(ReceiptRow(FIRST, 1, b"receipt", 6, 2), b"h" * 32)
    with store.reading() as work:
        assert work.outbox.in_flight() is None
        assert work.outbox.replica() == ReplicaRow(FIRST, 1, 1, b"h" * 32, 0, 0)
        assert work.outbox.receipts() == [ReceiptRow(FIRST, 1, b"receipt", 6, 2)]


def test_batches_are_limited_until_the_next_replica(store: LaptopStore) -> None:
    with store.writing() as work:
        work.outbox.limit_batches(8)
        assert work.outbox.replica().batch_limit == 8
        work.outbox.start_replica(SECOND, 2)
        assert work.outbox.replica().batch_limit == 0


def test_a_batch_that_will_never_be_answered_is_taken_back(store: LaptopStore) -> None:
    with store.writing() as work:
        work.outbox.launch(BatchRow(1, b"batch", 5))
        work.outbox.ground()
    with store.reading() as work:
        assert work.outbox.in_flight() is None
        assert work.outbox.replica().last_seq == 1


def test_receipts_are_listed_newest_first(store: LaptopStore) -> None:
    rows = [ReceiptRow(FIRST, seq, b"receipt", at, 1) for seq, at in ((1, 5), (2, 5), (3, 4))]
    with store.writing() as work:
        for row in rows:
            work.outbox.launch(BatchRow(row.seq, b"batch", 1))
            work.outbox.land(row, bytes(32))
    with store.reading() as work:
        assert [row.seq for row in work.outbox.receipts()] == [2, 1, 3]


def test_the_newest_word_about_a_leaf_to_mend_counts_until_it_is_mended(store: LaptopStore) -> None:
    kept(store, {a_visit(1): {"notes": edited(1)}, a_visit(2): {"notes": edited(2)}})
    old, new = (MendRow(a_visit(1), "notes", value, 4, "too_long", 1, 8) for value in ("lama", "baru"))
    other = MendRow(a_visit(2), "notes", None, 5, "withdrawn_channel", 2, 7)
    with store.writing() as work:
        work.outbox.add_to_mend([old, other])
        work.outbox.add_to_mend([new])
    with store.writing() as work:
        assert work.outbox.to_mend() == [other, new]
        work.outbox.mended(a_visit(1), ["notes", "place"])
        assert work.outbox.to_mend() == [other]


def test_what_a_person_takes_off_the_mend_list_is_written_down(store: LaptopStore) -> None:
    kept(store, {a_visit(1): {"notes": edited(1)}})
    dropped = MendRow(a_visit(1), "notes", "kas", 4, "dropped", 1, 8, (bytes(32), 3), words="Sudah ada.")
    other = MendRow(a_visit(1), "place", None, 4, "too_long", 2, 9, decided_at=7)
    with store.writing() as work:
        work.outbox.add_to_mend([dropped, other])
        assert work.outbox.to_mend() == [dropped, other]
        work.outbox.take_off([dropped], 20, "sari")
        work.outbox.take_off([other], 10, "sari")
    with store.reading() as work:
        assert work.outbox.to_mend() == []
        assert work.outbox.taken_off() == [
            TakenOff(a_visit(1), "notes", "kas", "dropped", "Sudah ada.", 8, 20, "sari"),
            TakenOff(a_visit(1), "place", None, "too_long", "", 9, 10, "sari"),
        ]


def test_what_was_released_out_of_sight_is_nothing_to_mend(store: LaptopStore) -> None:
    kept(store, {a_visit(1): {"notes": edited(1)}})
    waiting = MendRow(a_visit(1), "notes", "kas", 5, "withdrawn_channel", 1, 8)
    released = MendRow(a_visit(1), "place", "balai", RELEASED, "withdrawn_channel", 1, 8)
    with store.writing() as work:
        work.outbox.add_to_mend([waiting, released])
    with store.writing() as work:
        assert (work.outbox.to_mend(), work.outbox.released()) == ([waiting], [released])
        work.outbox.mended(a_visit(1), ["place"])
        assert work.outbox.released() == []


def test_cursors_and_digests_are_kept_by_channel(store: LaptopStore) -> None:
    with store.writing() as work:
        work.channels.save_digest(OTHER, 2**64 - 1)
        work.channels.save_cursor(COOP, b"one")
        work.channels.save_cursor(COOP, b"two")
    with store.reading() as work:
        assert work.channels.cursors() == {COOP: b"two"}
        assert (work.channels.digest(OTHER), work.channels.digest(COOP)) == (2**64 - 1, 0)


def test_a_new_past_shares_the_points_up_to_where_both_agree(store: LaptopStore) -> None:
    with store.writing() as work:
        work.channels.add_tips(COOP, {1: b"one", 2: b"two"})
        work.channels.add_tips(COOP, {2: b"other", 3: b"three"})
        work.channels.save_cursor(COOP, b"cursor")
        work.channels.rewind(COOP, 2)
        work.channels.add_tips(COOP, {3: b"new"})
    with store.reading() as work:
        assert (work.channels.past(COOP), work.channels.past(OTHER)) == (1, 0)
        assert work.channels.cursors() == {}
        assert work.channels.tips(COOP) == {1: b"one", 2: b"two", 3: b"new"}
        assert work.channels.tips(COOP, 0) == {1: b"one", 2: b"two", 3: b"three"}
        assert work.channels.tips(OTHER) == {}


def test_a_list_of_grants_that_begins_anew_takes_the_place_of_all_that_was_told(store: LaptopStore) -> None:
    with store.writing() as work:
        work.channels.add_grants([GrantRow(1, OTHER, 1, 1), GrantRow(2, COOP, 1, 2)])
        work.channels.add_grants([])
        work.channels.add_grants([GrantRow(3, COOP, 3, 4)])
    with store.reading() as work:
        assert [grant.number for grant in work.channels.grants()] == [1, 2, 3]
    with store.writing() as work:
        work.channels.add_grants([GrantRow(1, OTHER, 2, 1)])
    with store.reading() as work:
        assert work.channels.grants() == [GrantRow(1, OTHER, 2, 1)]


def test_known_revisions_stay_as_they_are_and_the_newest_word_about_grants_and_people_counts(
    store: LaptopStore,
) -> None:
    first, second = (RevisionRow(1, FIRST, bytes(16), at, at) for at in (5, 6))
    with store.writing() as work:
        for row, kind, name in ((first, 1, "Rina"), (second, 3, "Rina Sari")):
            work.channels.add_revisions(COOP, [row])
            work.channels.add_grants([GrantRow(1, OTHER, 1, 1), GrantRow(2, COOP, kind, 1)])
            work.channels.add_people({FIRST: (name, "assistant")})
    with store.reading() as work:
        assert work.channels.revision(COOP, 1) == first
        assert work.channels.revision(COOP, 2) is None
        assert work.channels.grants() == [GrantRow(1, OTHER, 1, 1), GrantRow(2, COOP, 3, 1)]
        assert work.channels.person(FIRST) == ("Rina Sari", "assistant")
        assert work.channels.person(SECOND) is None


def test_what_was_released_goes_with_its_channel(store: LaptopStore) -> None:
    kept(store, {a_visit(1): {"notes": central(1)}})
    with store.writing() as work:
        work.records.keep(OTHER, a_visit(3), {}, {"notes": central(1)})
        rows = [MendRow(key, "notes", "kas", RELEASED, "x", 1, 7) for key in (a_visit(1), a_visit(3))]
        work.outbox.add_to_mend(rows)
        work.records.forget(COOP)
    with store.reading() as work:
        assert [stored.key for stored in work.records.list_all()] == [a_visit(3)]
        assert work.outbox.released() == rows[1:]


def test_a_channel_is_forgotten_whole_and_no_other(store: LaptopStore) -> None:
    kept(store, {a_visit(1): {"notes": central(1)}, a_visit(2): {"notes": central(2, None)}})
    with store.writing() as work:
        work.records.keep(OTHER, a_visit(3), {}, {"notes": central(1)})
        for channel in (COOP, OTHER):
            work.channels.save_cursor(channel, b"cursor")
            work.channels.save_digest(channel, 7)
            work.channels.add_tips(channel, {1: b"one"})
            work.channels.add_revisions(channel, [RevisionRow(1, FIRST, bytes(16), 5, 5)])
    with store.writing() as work:
        assert work.records.held_in(COOP) == {"visit": 2}
        work.records.forget(COOP)
        work.channels.forget(COOP)
    with store.reading() as work:
        assert [stored.key for stored in work.records.list_all()] == [a_visit(3)]
        assert (work.records.held_in(COOP), work.records.held_in(OTHER)) == ({}, {"visit": 1})
        assert work.channels.cursors() == {OTHER: b"cursor"}
        assert (work.channels.digest(COOP), work.channels.digest(OTHER)) == (0, 7)
        assert (work.channels.past(COOP), work.channels.past(OTHER)) == (1, 0)
        assert (work.channels.tips(COOP, 0), work.channels.tips(COOP)) == ({}, {})
        assert work.channels.tips(OTHER) == {1: b"one"}
        assert work.channels.revision(COOP, 1) is None
        assert work.channels.revision(OTHER, 1) is not None


def test_what_has_something_to_mend_stays_known_when_its_channel_is_forgotten(store: LaptopStore) -> None:
    kept(store, {a_visit(1): {"notes": central(1)}, a_visit(2): {"notes": central(2)}})
    row = MendRow(a_visit(2), "notes", "kas", 5, "withdrawn_channel", 1, 7)
    with store.writing() as work:
        work.outbox.add_to_mend([row])
        work.records.forget(COOP)
    with store.writing() as work:
        assert work.outbox.to_mend() == [row]
        (known,) = work.records.list_all()
        assert (known.key, known.channel, known.layers) == (a_visit(2), COOP, {})
        assert work.records.held_in(COOP) == {}
        work.records.keep(COOP, a_visit(2), {}, {"notes": central(9)})
        assert work.records.held_in(COOP) == {"visit": 1}


@pytest.mark.parametrize("layer", ["offered", "frozen", "edited"])
def test_nothing_unsent_is_ever_forgotten(store: LaptopStore, layer: str) -> None:
    unsent = {"notes": LeafLayers(**{layer: getattr(FULL, layer)}), "agreement": central(1)}
    kept(store, {a_visit(1): unsent})

    def forget() -> None:
        with store.writing() as work:
            assert (work.records.unsent_in(COOP), work.records.unsent_in(OTHER)) == (1, 0)
            work.records.forget(COOP)

    with pytest.raises(ValueError, match="unsent"):
        forget()
    with store.reading() as work:
        found = work.records.find(a_visit(1))
        assert found is not None
        assert found.layers == unsent


def test_what_the_centre_has_to_put_aside_again_is_unsent_in_its_channel(store: LaptopStore) -> None:
    kept(store, {a_visit(1): {"notes": central(1)}})
    row = MendRow(a_visit(1), "notes", "kas", 5, "withdrawn_channel", 1, 7)
    with store.writing() as work:
        work.outbox.add_to_mend([row._replace(lost=True)])
        assert (work.records.unsent_in(COOP), work.records.unsent_in(OTHER)) == (1, 0)
        assert work.records.owed_count() == 1
        with pytest.raises(ValueError, match="unsent"):
            work.records.forget(COOP)
        work.outbox.add_to_mend([row])
        assert work.records.unsent_in(COOP) == 0


def test_a_copy_of_a_model_goes_its_own_way() -> None:
    store = ModelLaptopStore()
    _start(store)
    copy = store.copied()
    kept(store, {a_visit(1): {"notes": edited(1)}})
    with copy.reading() as work:
        assert work.records.list_all() == []
        assert work.outbox.replica().id == FIRST
