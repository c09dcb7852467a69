"""Laptops and centres of schemas N−2 to N+1, in every pairing: nothing is lost, nothing silently changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest

from kopdesk.domain.conflict import Choice
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.records import nested
from tests.support.histories import noticed
from tests.support.mixed_world import MixedLaptop, MixedWorld
from tests.support.schemas import N_MINUS_1, N_MINUS_2, N_PLUS_1, SCHEMAS, N

EVERYTHING: dict[int, dict[str, dict[str, Any]]] = {
    N_MINUS_2: {
        "visit": {
            "visited_on": "2026-11-20",
            "mode": "phone",
            "notes": "Kas cocok.",
            "attendees": {"a": {"name": "Bu Rina"}},
            "findings": {"a": {"text": "Buku tamu kosong."}},
            "purposes": {"plans": True},
        }
    },
    N_MINUS_1: {"visit": {"weather": "dry", "rides": {"a": {"vehicle": "ojek", "cost": 15_000}}}},
    N: {"training": {"title": "Pembukuan", "seats": {"women": 12}, "trainers": {"a": {"name": "Pak Joko"}}}},
    N_PLUS_1: {
        "visit": {"weather": "storm", "audit_note": "Sesuai."},
        "savings_book": {"number": "17", "total": 250_000},
    },
}
"""What each schema can fill in that the one before it could not."""


NEWEST: dict[int, tuple[str, str, tuple[Any, Any]]] = {
    N_MINUS_2: ("visit", "visited_on", ("2026-11-21", "2026-11-22")),
    N_MINUS_1: ("visit", "rides/a/cost", (20_000, 30_000)),
    N: ("training", "title", ("Pajak", "Simpan pinjam")),
    N_PLUS_1: ("savings_book", "total", (1_000, 2_000)),
}
"""By schema: a leaf it was the first to know, and what two people make of it."""

UNSEEN = {N_MINUS_2: ("place", "Balai desa"), N_MINUS_1: ("weather", "rain"), N: ("weather", "rain")}
UNSEEN[N_PLUS_1] = ("audit_note", "Diperiksa lagi.")
"""By schema: what is written while somebody else deletes."""


def known_to(schema: int, name: str) -> dict[str, dict[str, Any]]:
    """Documents with everything a program of a schema knows, by type; `name` makes them unlike others."""
    documents: dict[str, dict[str, Any]] = {}
    for number in SCHEMAS[: SCHEMAS.index(schema) + 1]:
        for record_type, fields in EVERYTHING[number].items():
            documents[record_type] = {**documents.get(record_type, {}), **fields}
    if "savings_book" in documents:
        documents["savings_book"]["number"] = name
    return documents


@dataclass
class Pair:
    """Two laptops of one cooperative, the centre between them."""

    world: MixedWorld
    one: MixedLaptop
    other: MixedLaptop
    coop: str

    def agree(self) -> None:
        """Sync until nothing moves; then everybody holds the same, and it is what the centre holds."""
        for _ in range(3):
            for laptop in (self.one, self.other):
                assert laptop.sync().error is None
        assert self.one.unsent() == self.other.unsent() == 0
        assert self.one.dump() == self.other.dump() == self.world.dump()
        for laptop in (self.one, self.other):
            assert laptop.sync().received == 0  # a digest that differed would bring everything again

    def put_everything(self, name: str) -> dict[str, UUID]:
        """One laptop writes whatever its program can; the ids by type."""
        documents = known_to(self.one.schema, name)
        return {kind: self.one.put(kind, cooperative_id=self.coop, **d) for kind, d in documents.items()}

    def leaves(self, laptop: MixedLaptop, made: dict[str, UUID]) -> dict[UUID, dict[str, Any]]:
        return {record_id: laptop.leaves(record_id) for record_id in made.values()}

    def is_deleted(self, record_id: UUID) -> bool:
        (line,) = [line for line in self.world.dump() if line["id"] == str(record_id)]
        return bool(line["deleted"])

    def decide_all(self) -> None:
        """No question of this test is left for the next one."""
        self.one.decide(Choice.KEPT)
        self.agree()


def a_pair(folder: Path, schemas: tuple[int, int, int]) -> Pair:
    """Schemas of the writing laptop, the centre, the other laptop."""
    world = MixedWorld(folder, schemas[1])
    coop = world.cooperative()
    for login in ("rina", "joko"):
        world.person(login, coop)
    one, other = (
        world.mixed_laptop(login, schema)
        for login, schema in zip(("rina", "joko"), (schemas[0], schemas[2]), strict=True)
    )
    for laptop in (one, other):
        laptop.sync()
    return Pair(world, one, other, str(coop))


TRIPLES = [
    (one, centre, SCHEMAS[(SCHEMAS.index(one) + SCHEMAS.index(centre)) % 4])
    for one in SCHEMAS
    for centre in SCHEMAS
]
"""Every laptop with every centre, and beside each every other laptop."""


def name_of(triple: tuple[int, int, int]) -> str:
    return "_".join(["N-2", "N-1", "N", "N+1"][SCHEMAS.index(schema)] for schema in triple)


@pytest.fixture(scope="module", params=TRIPLES, ids=name_of)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """One life for each triple: every test adds records of its own and leaves all in agreement."""
    pair = a_pair(tmp_path_factory.mktemp("schemas"), request.param)
    yield pair
    pair.world.close()


def test_what_one_wrote_the_other_holds_unchanged(pair: Pair) -> None:
    made = pair.put_everything("made")
    mine = pair.leaves(pair.one, made)
    pair.agree()
    assert pair.leaves(pair.other, made) == mine


def test_a_record_that_was_shown_is_given_back_whole(pair: Pair) -> None:
    made = pair.put_everything("edited")
    pair.agree()
    before = pair.one.leaves(made["visit"])
    document = pair.other.get("visit", made["visit"])
    pair.other.put("visit", **{**document, "notes": "Kas dihitung lagi."})
    pair.one.put("visit", id=str(made["visit"]), place="Balai desa")
    pair.agree()
    after = {**before, "notes": "Kas dihitung lagi.", "place": "Balai desa"}
    assert pair.one.leaves(made["visit"]) == pair.other.leaves(made["visit"]) == after


def test_the_newest_leaf_that_both_know_is_decided_by_a_person(pair: Pair) -> None:
    record_type, path, values = NEWEST[min(pair.one.schema, pair.other.schema)]
    made = pair.put_everything("disputed")
    pair.agree()
    for laptop, value in zip((pair.one, pair.other), values, strict=True):
        laptop.put(record_type, id=str(made[record_type]), **nested({path: value}))
    assert pair.one.sync().conflicts == 0
    assert pair.other.sync().conflicts == 1
    pair.agree()
    assert pair.one.leaves(made[record_type])[path] == values[0]
    pair.other.decide(Choice.OFFERED)
    pair.agree()
    assert pair.one.leaves(made[record_type])[path] == values[1]


def test_a_deletion_takes_what_its_author_has_seen_and_nothing_else(pair: Pair) -> None:
    seen, unseen = pair.put_everything("gone"), pair.put_everything("kept")
    pair.agree()
    before = pair.one.leaves(unseen["visit"])
    pair.one.put("visit", id=str(unseen["visit"]), **dict([UNSEEN[pair.one.schema]]))
    pair.one.sync()
    for made in (seen, unseen):
        pair.other.delete("visit", made["visit"])
    pair.agree()
    assert pair.is_deleted(seen["visit"])
    assert not pair.is_deleted(unseen["visit"])
    assert pair.one.leaves(unseen["visit"]) == {**before, **dict([UNSEEN[pair.one.schema]])}
    pair.decide_all()


def test_a_new_laptop_gets_everything_in_small_pages(pair: Pair) -> None:
    for number in range(8):
        pair.put_everything(f"snapshot {number}")
    pair.agree()
    fresh = pair.world.mixed_laptop("joko", pair.other.schema, f"fresh-{pair.world.schema}", want_bytes=1024)
    assert fresh.sync().round_trips > 2
    assert fresh.dump() == pair.world.dump()
    fresh.put("visit", cooperative_id=pair.coop, notes="Dari laptop baru.")
    assert fresh.sync().error is None
    pair.agree()


def test_a_laptop_gives_back_what_it_never_understood(pair: Pair) -> None:
    pair.agree()
    backup = pair.world.backup()
    pair.put_everything("lost")
    pair.agree()
    before = pair.world.dump()
    pair.world.restore(backup)
    assert pair.world.dump() != before
    assert noticed(pair.other.sync()) == ["rewound"]
    assert pair.world.dump() == before
    pair.agree()
    assert pair.world.dump() == before
    assert pair.world.quarantine() == []


def test_what_only_a_keeper_gave_back_is_judged_when_somebody_can(tmp_path: Path) -> None:
    pair = a_pair(tmp_path, (N_PLUS_1, N_MINUS_2, N_MINUS_2))
    backup = pair.world.backup()
    pair.put_everything("lost")
    pair.agree()
    held = pair.world.dump()
    pair.world.restore(backup)
    assert pair.other.sync().error is None
    marks = pair.world.unchecked()
    assert {leaf.schema for leaf in marks} == {0}  # a keeper does not know whose it was
    assert {leaf.author_id for leaf in marks} == {pair.other.desk.owner.user_id}
    for schema in (N_MINUS_1, N):
        pair.world.update(schema)
        assert 0 < len(pair.world.unchecked()) < len(marks)
    pair.world.update(N_PLUS_1)
    assert (pair.world.unchecked(), pair.world.quarantine(), pair.world.dump()) == ([], [], held)
    pair.agree()
    pair.world.close()


@pytest.mark.parametrize(
    ("older", "path", "values"),
    [
        (N_MINUS_2, "audit_note", ("Sesuai.", "Belum sesuai.")),
        (N_MINUS_1, "weather", ("rain", "storm")),
    ],
)
def test_an_older_program_does_not_decide_for_what_it_cannot_write(
    tmp_path: Path, older: int, path: str, values: tuple[str, str]
) -> None:
    pair = a_pair(tmp_path, (N_PLUS_1, older, N_PLUS_1))
    made = pair.one.put("visit", cooperative_id=pair.coop, notes="Kas cocok.")
    pair.agree()
    for laptop, value in zip((pair.one, pair.other), values, strict=True):
        laptop.put("visit", id=str(made), **{path: value})
    pair.agree()
    old = pair.world.mixed_laptop("joko", older, "old")
    assert old.sync().error is None
    with pytest.raises(InvalidField) as refused:
        old.decide(Choice.OFFERED)
    assert (refused.value.path, refused.value.reason) == (path, "newer_field")
    assert (old.unsent(), old.leaves(made)[path]) == (0, values[0])
    old.decide(Choice.KEPT)  # what stands need not be written
    assert old.sync().rejected == 0
    pair.agree()
    assert (pair.one.leaves(made)[path], old.dump()) == (values[0], pair.one.dump())
    pair.world.close()


# Updates in mid-life.


@pytest.mark.parametrize("unsent", ["edited", "in flight"])
@pytest.mark.parametrize("first", ["laptop", "centre"])
def test_an_update_takes_up_what_the_older_program_left(tmp_path: Path, unsent: str, first: str) -> None:
    pair = a_pair(tmp_path, (N_MINUS_2, N_MINUS_2, N_MINUS_2))
    for schema in SCHEMAS[1:]:
        made = pair.put_everything(f"before {schema}")
        if unsent == "in flight":
            pair.one.link.lose_answers = 1
            assert pair.one.sync().error is not None
        assert pair.one.unsent() > 0
        for one in (pair.one, pair.world) if first == "laptop" else (pair.world, pair.one):
            one.update(schema)
        newer = pair.put_everything(f"after {schema}")
        mine = {**pair.leaves(pair.one, made), **pair.leaves(pair.one, newer)}
        pair.agree()
        assert {**pair.leaves(pair.other, made), **pair.leaves(pair.other, newer)} == mine
    pair.other.update(N_PLUS_1)
    pair.agree()
    assert (pair.world.unchecked(), pair.world.quarantine()) == ([], [])
    pair.world.close()


def test_when_the_centre_is_updated_nothing_has_to_be_sent_again(tmp_path: Path) -> None:
    pair = a_pair(tmp_path, (N_PLUS_1, N_MINUS_2, N_MINUS_1))
    pair.put_everything("early")
    pair.agree()
    held = pair.world.dump()
    for schema in SCHEMAS[1:]:
        assert pair.world.unchecked() != []
        pair.world.update(schema)
        for laptop in (pair.one, pair.other):
            summary = laptop.sync()
            assert (summary.error, summary.sent, summary.received) == (None, 0, 0)
        assert pair.world.dump() == held
    assert (pair.world.unchecked(), pair.world.quarantine()) == ([], [])
    pair.world.close()


def test_what_the_arriving_schema_refuses_is_taken_back_everywhere_and_kept(tmp_path: Path) -> None:
    pair = a_pair(tmp_path, (N_MINUS_2, N_MINUS_2, N_MINUS_1))
    made = pair.put_everything("sealed")
    pair.agree()
    pair.one.put("visit", id=str(made["visit"]), state="sealed")
    pair.other.put("visit", id=str(made["visit"]), weather="rain")  # has not heard of the seal
    pair.agree()
    assert pair.one.leaves(made["visit"])["weather"] == "rain"
    pair.world.update(N_MINUS_1)
    pair.agree()
    assert "weather" not in pair.other.leaves(made["visit"])
    (waiting,) = pair.world.quarantine()
    told = (waiting["author"], waiting["path"], waiting["value"], waiting["reason"])
    assert told == ("joko", "weather", "rain", "content_is_fixed")
    pair.world.close()


@pytest.mark.parametrize("seed", range(8))
def test_a_life_with_updates_at_any_moment_ends_in_agreement(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    pair = a_pair(tmp_path, (N_MINUS_2, N_MINUS_2, N_MINUS_2))
    made: list[UUID] = []
    for number in range(30):
        laptop = random.choice((pair.one, pair.other))
        match random.choice(("put", "edit", "sync", "sync", "update", "update centre", "lose an answer")):
            case "put":
                documents = known_to(laptop.schema, f"{seed}/{number}").items()
                made += [laptop.put(name, cooperative_id=pair.coop, **d) for name, d in documents]
            case "edit":
                visits = [line["id"] for line in laptop.dump() if line["type"] == "visit"]
                if visits:
                    document = laptop.get("visit", UUID(random.choice(visits)))
                    laptop.put("visit", **{**document, "place": f"Dusun {number}"})
            case "sync":
                assert laptop.sync().error is None
            case "lose an answer":
                laptop.link.lose_answers = 1
                laptop.sync()
                laptop.link.lose_answers = 0
            case "update":
                laptop.update(min(laptop.schema + 1, N_PLUS_1))
            case "update centre":
                pair.world.update(min(pair.world.schema + 1, N_PLUS_1))
    for one in (pair.one, pair.other, pair.world):
        one.update(N_PLUS_1)
    pair.agree()
    assert (pair.world.unchecked(), pair.world.quarantine()) == ([], [])
    assert {line["id"] for line in pair.world.dump()} >= {str(record_id) for record_id in made}
    pair.world.close()
