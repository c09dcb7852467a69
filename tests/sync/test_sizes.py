"""What is lost may be large: long pasts, large records, many channels. Nothing may get stuck on its size."""

from random import Random
from uuid import UUID

import pytest

from kopdesk.protocol.codec import decode
from kopdesk.protocol.columns import rows_of
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import Batch, Request, Response, Signed
from kopdesk.server import applying, service
from kopdesk.sync.recover import fork
from kopdesk.usecases.mending import waiting_to_be_mended
from kopdesk.usecases.records import list_records
from tests.support.histories import all_equal
from tests.support.world import TestLaptop, World


def dense(length: int, seed: int) -> str:
    """Text that does not pack."""
    random = Random(seed)
    return "".join(chr(random.randrange(0x4E00, 0x9FA5)) if at % 40 else " " for at in range(length))


def test_a_laptop_that_knows_of_thousands_of_lost_revisions_offers_them(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    for turn in range(4):
        for number in range(1200):
            world.office_change(coop, "cooperative", coop, {"about": f"Kata {turn} {number}"})
        a.sync()
    a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", notes="hari penting")
    a.sync()
    world.restore(before)
    all_equal(a, b)
    assert [visit["notes"] for visit in list_records(b.desk, "visit")] == ["hari penting"]
    assert b.get("cooperative", coop)["about"] == "Kata 3 1199"
    assert waiting_to_be_mended(a.desk) == []


def test_a_record_larger_than_a_batch_is_offered_in_parts(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID
) -> None:
    before = world.backup()
    visit = a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20")
    for number in range(6):
        a.put("visit", id=str(visit), findings={f"k{number}aaaa": {"text": dense(9000, number)}})
        a.sync()
    expected = a.dump()
    world.restore(before)
    all_equal(a, b)
    assert a.dump() == b.dump() == expected
    assert waiting_to_be_mended(a.desk) == []


def test_of_what_is_offered_only_the_leaf_the_centre_cannot_take_is_set_aside(
    world: World, a: TestLaptop, b: TestLaptop, coop: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = world.backup()
    visit = a.put(
        "visit", cooperative_id=str(coop), visited_on="2026-11-20", place="Balai desa", notes="Kas cocok."
    )
    a.sync()
    world.restore(before)
    whole = service._batch_of

    def cannot_take_a_place(request: Request) -> Batch | None:
        batch = whole(request)
        for changes in batch.channels if batch else ():
            if any(row.path == "place" for row in rows_of(changes.blocks)):
                raise BadMessage("undecodable")
        return batch

    monkeypatch.setattr(service, "_batch_of", cannot_take_a_place)
    summary = a.sync()
    assert summary.rejected == 1
    assert [item.path for item in waiting_to_be_mended(a.desk)] == ["place"]
    b.sync()
    assert b.get("visit", visit)["notes"] == "Kas cocok."


def test_what_a_batch_was_answered_is_read_once_for_all_its_edits(
    world: World, a: TestLaptop, coop: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy sends again what was sent: hundreds of edits, each of which names the batch it was in."""
    for number in range(20):
        findings = [{"text": f"Temuan {number} {at}", "aspect": "cash"} for at in range(10)]
        a.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", findings=findings)
    a.link.lose_answers = 1
    a.sync()
    with a.desk.database.writing() as work:
        fork(work, a.run().laptop, a.clock.ms())
    decoded: list[type] = []

    def counting(kind: type, data: bytes) -> object:
        decoded.append(kind)
        return decode(kind, data)

    monkeypatch.setattr(applying, "decode", counting)
    summary = a.sync()
    assert (summary.sent > 400, a.unsent()) == (True, 0)
    assert decoded.count(Batch) == 1


def test_a_supervisor_of_many_cooperatives_names_them_all(world: World) -> None:
    cooperatives = [world.cooperative(f"Koperasi Merah Putih {number}") for number in range(230)]
    world.person("dinas", *cooperatives)
    laptop = world.laptop("dinas")
    assert laptop.sync().error is None
    assert laptop.sync().error is None
    assert len(list_records(laptop.desk, "cooperative")) == 230


def test_points_of_a_long_past_come_with_their_pages_and_count_as_bytes(
    world: World, a: TestLaptop, coop: UUID
) -> None:
    a.want_bytes = 8 * 1024
    for number in range(1, 601):
        world.office_change(coop, "visit", UUID(int=number), {"topics": "Rapat anggota. " * 8})
    sizes: list[int] = []

    def look(answer: bytes) -> bytes:
        response = decode(Response, decode(Signed, answer).body)
        sizes.append(sum(len(chain.tags) for chain in response.chains))
        return answer

    a.link.change_answer = look
    a.sync()
    assert sum(sizes) == 600 * 16
    assert max(sizes) < 4 * 1024
