"""What newer programs write is kept, marked, and judged as its author's when their schema arrives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kopdesk.domain.fields import DELETED
from kopdesk.domain.ids import derived_id
from kopdesk.domain.records import RecordKey
from kopdesk.domain.states import Role
from kopdesk.domain.values import Value
from kopdesk.protocol.messages import LeafOutcome, OutcomeKind, Shown, Signed, Verdict
from kopdesk.server.listing import dump, list_quarantine
from kopdesk.server.office import change
from kopdesk.server.opening import Server, open_server
from kopdesk.server.operations import unassign
from kopdesk.server.ports import Unchecked
from kopdesk.server.releasing import release
from tests.support.raw_client import RawClient, Rows, cursor_for, leaves_of
from tests.support.schemas import N_MINUS_1, N_MINUS_2, N_PLUS_1, N, as_of
from tests.support.server_parts import (
    PASSWORD,
    PERIDAN,
    PERIDAN_CHANNEL,
    PERIDAN_PROFILE,
    Counter,
    TestClock,
    a_person,
    two_cooperatives,
)

VISIT = RecordKey("visit", UUID("0190a5a2-0000-7000-8000-0000000000aa"))
TRAINING = RecordKey("training", UUID("0190a5a2-0000-7000-8000-0000000000bb"))
READY: Mapping[str, Value] = {
    "visited_on": "2026-11-20",
    "attendees/a/name": "Bu Rina",
    "purposes/plans": True,
}


class PowerCut(Exception):
    """In the middle of a transaction."""


@dataclass
class Centre:
    """A server of one schema, and the raw laptops of its people; it can be updated."""

    folder: Path
    clock: TestClock
    schema: int
    chance: Counter = field(default_factory=Counter)
    server: Server = field(init=False)
    laptops: dict[str, RawClient] = field(default_factory=dict)
    seqs: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._open()
        with as_of(self.schema):
            two_cooperatives(self.server)

    def _open(self) -> None:
        with as_of(self.schema):
            self.server = open_server(self.folder, now=self.clock.now, random_bytes=self._random)

    def _random(self, count: int) -> bytes:
        return self.chance.take(count)

    def update(self, schema: int) -> None:
        """Stop, and start again as a newer program."""
        self.server.close()
        self.schema = schema
        self._open()
        for laptop in self.laptops.values():
            laptop.service = self.server.centre

    def person(self, login: str, role: Role = Role.ASSISTANT) -> RawClient:
        with as_of(self.schema):
            a_person(self.server, login, PERIDAN, role=role)
            seed = len(self.laptops) + 1
            self.laptops[login] = RawClient(self.server.centre, login, PASSWORD, seed=seed)
        return self.laptops[login]

    def frozen(self, login: str, rows: Rows, schema: int, shown: list[Shown] | None = None) -> Signed:
        """A batch as the laptop's program writes it."""
        self.seqs[login] = self.seqs.get(login, 0) + 1
        with as_of(schema):
            return self.laptops[login].batch(
                self.seqs[login], {PERIDAN_CHANNEL: rows}, shown=shown or (), schema=schema
            )

    def push(
        self, login: str, rows: Rows, schema: int = N_PLUS_1, shown: list[Shown] | None = None
    ) -> list[LeafOutcome]:
        """Send rows as a program of a schema would; what was not simply applied."""
        laptop, batch = self.laptops[login], self.frozen(login, rows, schema, shown)
        with as_of(self.schema):
            receipt = laptop.receipt(
                laptop.send(laptop.request(batch=batch, batch_seq=self.seqs[login], schema=schema))
            )
        assert receipt.refused == ""
        return receipt.outcomes

    def write(self, key: RecordKey, leaves: Mapping[str, Value], login: str | None = None) -> int:
        """Somebody at the centre writes; the rev it got."""
        with as_of(self.schema), self.server.store.writing() as tx:
            user = tx.user_named(login) if login else None
            return change(tx, self.server.office(user), PERIDAN_CHANNEL, {key: leaves}).rev

    def leaves(self, key: RecordKey) -> dict[str, Value]:
        found = [row for row in dump(self.server) if (row["type"], row["id"]) == (key.type, str(key.id))]
        return dict(found[0]["leaves"]) if found else {}

    def head(self) -> int:
        with self.server.store.reading() as tx:
            state = tx.channel(PERIDAN_CHANNEL)
        assert state is not None
        return state.rev

    def marked(self) -> list[Unchecked]:
        with self.server.store.reading() as tx:
            return tx.unchecked(PERIDAN_CHANNEL)

    def aside(self) -> list[dict[str, Any]]:
        return list_quarantine(self.server)

    def told(self) -> list[tuple[str, str, Value, str]]:
        """Who, which leaf, what, and why it waits."""
        return [(row["author"], row["path"], row["value"], row["reason"]) for row in self.aside()]


@pytest.fixture
def centre(tmp_path: Path, clock: TestClock) -> Iterator[Centre]:
    """Of N−2; Siti is an assistant, Hadi of the PMO."""
    centre = Centre(tmp_path / "server", clock, N_MINUS_2)
    centre.person("siti")
    centre.person("hadi", role=Role.PMO)
    yield centre
    centre.server.close()


def rows(
    key: RecordKey, leaves: Mapping[str, Value], base: int = 0
) -> list[tuple[RecordKey, str, Value, int]]:
    return [(key, path, value, base) for path, value in leaves.items()]


NEWER: Mapping[RecordKey, Mapping[str, Value]] = {
    VISIT: {
        "weather": "storm",  # a leaf
        "rides/a/cost": 15_000,  # a row
        "mode": "by_drone",  # a word
        "accuracy_metres": "about ten",  # a value of another kind
    },
    TRAINING: {"title": "Pembukuan", "seats/women": 12, DELETED: False},  # a type
}


# Kept and marked.


def test_what_only_a_newer_schema_knows_is_kept_served_unchanged_and_marked(centre: Centre) -> None:
    sent = [row for key, leaves in NEWER.items() for row in rows(key, leaves)]
    assert centre.push("siti", sent) == []
    budi = centre.person("budi")
    with as_of(N_MINUS_2):
        served = leaves_of(budi.send(budi.request(schema=N_MINUS_2)))
    for key, leaves in NEWER.items():
        assert {path: served[key, path] for path in leaves} == leaves
    told = {(leaf.key, leaf.path): leaf for leaf in centre.marked()}
    assert set(told) == {(key, path) for key, path, _, _ in sent}
    leaf = told[VISIT, "weather"]
    assert (leaf.author_id, leaf.schema, leaf.seen_by) == (
        centre.laptops["siti"].user_id,
        N_PLUS_1,
        N_MINUS_2,
    )
    assert leaf.rev == centre.head()


@pytest.mark.parametrize("schema", [N_MINUS_2, N_MINUS_1])
def test_what_neither_the_centre_nor_its_author_can_know_is_rejected_for_itself_alone(
    centre: Centre, schema: int
) -> None:
    centre.update(N_MINUS_1)
    unknown = {"audit_note": "x", "mode": "by_drone", "accuracy_metres": "about ten", "weather": "storm"}
    known = {"notes": "Kas cocok.", "place": "Balai desa"}
    outcomes = centre.push("siti", rows(VISIT, {**unknown, **known}) + rows(TRAINING, {"title": "x"}), schema)
    assert {outcome.kind for outcome in outcomes} == {OutcomeKind.REJECTED}
    assert sorted(outcome.detail for outcome in outcomes) == [
        "unknown_choice",
        "unknown_choice",
        "unknown_leaf",
        "unknown_type",
        "wrong_kind",
    ]
    assert centre.leaves(VISIT) == known
    assert centre.leaves(TRAINING) == {}
    assert centre.marked() == []


@pytest.mark.parametrize(
    ("record_type", "path"),
    [
        ("visit", "Weather"),
        ("visit", "weather/"),
        ("visit", ""),
        ("visit", "~deleted/a/b"),
        ("visit", "rides/~deleted"),
        ("visit", "rides/a/~deleted/b"),
        ("visit", "rides/a b/cost"),
        ("visit", "weather;c1"),
        ("Training", "title"),
        ("~deleted", "title"),
        ("", "title"),
    ],
)
def test_no_schema_has_names_like_these(centre: Centre, record_type: str, path: str) -> None:
    (outcome,) = centre.push("siti", [(RecordKey(record_type, UUID(int=5)), path, "x", 0)])
    assert (outcome.kind, outcome.detail) in {
        (OutcomeKind.REJECTED, "unknown_leaf"),
        (OutcomeKind.REJECTED, "unknown_type"),
        (OutcomeKind.REJECTED, "bad_key"),
    }
    assert centre.marked() == []


def test_what_a_newer_program_writes_into_known_leaves_is_judged_at_once(centre: Centre) -> None:
    profile = rows(PERIDAN_PROFILE, {"registration_status": "approved"}) + rows(
        RecordKey("cooperative", UUID(int=5)), {"stars": 5}
    )
    outcomes = centre.push("siti", [*profile, *rows(VISIT, {"state": "sealed", "weather": "dry"})])
    assert sorted(outcome.detail for outcome in outcomes) == ["needs_date", "other_channel", "role_may_not"]
    assert centre.leaves(VISIT) == {"weather": "dry"}


def test_a_seal_is_not_hindered_by_what_the_centre_does_not_know(centre: Centre) -> None:
    newer = {"state": "sealed", "weather": "storm", "mode": "by_drone"}
    assert centre.push("siti", rows(VISIT, {**READY, **newer})) == []
    assert centre.push("siti", rows(VISIT, {"audit_note": "Sudah diperiksa."})) == []
    (outcome,) = centre.push("siti", rows(VISIT, {"notes": "Terlambat."}))
    assert outcome.detail == "content_is_fixed"


def test_a_known_leaf_of_a_sealed_record_stays_fixed_whatever_word_is_written(centre: Centre) -> None:
    centre.push("siti", rows(VISIT, {**READY, "state": "sealed"}))
    (outcome,) = centre.push("siti", rows(VISIT, {"mode": "by_drone"}))
    assert outcome.detail == "content_is_fixed"


def test_what_a_state_has_fixed_stays_fixed_under_a_state_the_centre_does_not_know(centre: Centre) -> None:
    centre.push("siti", rows(VISIT, {**READY, "state": "sealed"}))
    base = centre.head()
    assert centre.push("siti", rows(VISIT, {"state": "audited"}, base)) == []
    assert centre.push("siti", rows(VISIT, {"state": "doubted"}, centre.head())) == []
    for schema in (N_MINUS_2, N_PLUS_1):
        (outcome,) = centre.push("siti", rows(VISIT, {"notes": "Diam-diam."}), schema)
        assert outcome.detail == "content_is_fixed"
    assert centre.leaves(VISIT)["state"] == "doubted"


def test_two_values_of_a_leaf_that_nobody_here_knows_wait_for_a_person(centre: Centre) -> None:
    centre.person("budi")
    assert centre.push("siti", rows(VISIT, {"weather": "dry"})) == []
    (outcome,) = centre.push("budi", rows(VISIT, {"weather": "storm"}))
    assert outcome.kind is OutcomeKind.CONFLICT
    assert centre.leaves(VISIT)["weather"] == "dry"
    conflict = centre.leaves(RecordKey("conflict", UUID(outcome.detail)))
    assert (conflict["offered_value"], conflict["merge_class"]) == ("storm", "decide")
    assert [leaf.rev for leaf in centre.marked()] == [centre.head() - 1]


@pytest.mark.parametrize("key", [VISIT, TRAINING], ids=lambda key: key.type)
def test_a_deletion_has_to_have_seen_unknown_leaves_like_any_other(centre: Centre, key: RecordKey) -> None:
    centre.push("siti", rows(key, {"weather": "dry", "notes_of_old": "x"}))
    rev = centre.head()
    deletion = [(key, DELETED, True, 0)]
    (outcome,) = centre.push("siti", deletion, shown=[Shown(0, {"weather": rev})])
    assert outcome.kind is OutcomeKind.CONFLICT
    assert centre.push("siti", deletion, shown=[Shown(0, {"weather": rev, "notes_of_old": rev})]) == []
    assert centre.leaves(key) == {"weather": "dry", "notes_of_old": "x"}
    assert next(row for row in dump(centre.server) if row["type"] == key.type)["deleted"]


# Numbers.


def test_nobody_gets_numbers_he_cannot_know(centre: Centre) -> None:
    centre.update(N_PLUS_1)
    sent = {VISIT: {"notes": "x", "weather": "storm", "audit_note": "y"}, TRAINING: {"title": "Pembukuan"}}
    assert centre.push("siti", [row for key, leaves in sent.items() for row in rows(key, leaves)]) == []
    siti = centre.laptops["siti"]
    words = {}
    for schema in (N_MINUS_2, N_MINUS_1, N, N_PLUS_1):
        with as_of(N_PLUS_1):
            response = siti.send(siti.request(schema=schema))
        with as_of(schema):
            served = leaves_of(response)
        for key, leaves in sent.items():
            assert {path: served[key, path] for path in leaves} == leaves
        blocks = [block for page in response.pages for block in page.blocks]
        paths = [column.path for block in blocks for column in block.columns]
        words[schema] = {
            name for name in (*(block.type for block in blocks), *paths) if isinstance(name, str)
        }
    assert words == {
        N_MINUS_2: {"weather", "audit_note", "training", "title"},
        N_MINUS_1: {"audit_note", "training", "title"},
        N: {"audit_note"},
        N_PLUS_1: set(),
    }


@pytest.mark.parametrize("schema", [N_MINUS_1, N, N_PLUS_1])
def test_a_batch_of_a_newer_program_can_be_read_by_the_oldest_centre(centre: Centre, schema: int) -> None:
    sent = dict.fromkeys(("notes", "weather", "audit_note"), "x")
    centre.push("siti", rows(VISIT, sent) + rows(TRAINING, {"title": "x"}), schema)
    assert centre.leaves(VISIT)["weather"] == "x"
    assert centre.leaves(TRAINING) == {"title": "x"}


# The schema arrives.


def test_what_fits_loses_its_mark_and_nothing_is_changed(centre: Centre) -> None:
    centre.push("siti", rows(VISIT, {"weather": "storm", "rides/a/cost": 15_000}))
    centre.push("siti", rows(TRAINING, {"title": "Pembukuan", "seats/women": 12}))
    before, head = dump(centre.server), centre.head()
    centre.update(N_PLUS_1)
    assert centre.marked() == []
    assert (dump(centre.server), centre.head(), centre.aside()) == (before, head, [])


def test_what_still_only_a_newer_schema_knows_goes_on_waiting(centre: Centre) -> None:
    centre.push("siti", rows(VISIT, {"rides/a/cost": 15_000, "weather": "storm", "audit_note": "x"}))
    centre.update(N_MINUS_1)
    assert [(leaf.path, leaf.seen_by) for leaf in centre.marked()] == [
        ("audit_note", N_MINUS_1),
        ("weather", N_MINUS_1),
    ]
    head = centre.head()
    centre.update(N)
    assert {leaf.seen_by for leaf in centre.marked()} == {N}
    centre.update(N_PLUS_1)
    assert (centre.marked(), centre.head(), centre.aside()) == ([], head, [])


def _a_book(number: str) -> RecordKey:
    return RecordKey("savings_book", derived_id("savings_book", PERIDAN, number))


@pytest.mark.parametrize(
    ("key", "leaves", "reason"),
    [
        (VISIT, {"weather": "hail"}, "unknown_choice"),
        (VISIT, {"rides/a/cost": "free"}, "wrong_kind"),
        (VISIT, {"snow_depth": 5}, "unknown_leaf"),
        (RecordKey("spaceship", UUID(int=6)), {"name": "x"}, "unknown_type"),
        (TRAINING, {"approved_by": "Siti"}, "role_may_not"),
        (RecordKey("savings_book", UUID(int=6)), {"number": "17"}, "key_leaf"),
    ],
)
def test_what_does_not_fit_is_taken_back_and_put_aside_with_its_author_and_reason(
    centre: Centre, key: RecordKey, leaves: Mapping[str, Value], reason: str
) -> None:
    centre.push("siti", rows(key, leaves))
    head = centre.head()
    centre.update(N_PLUS_1)
    ((path, value),) = leaves.items()
    assert centre.told() == [("siti", path, value, reason)]
    assert centre.leaves(key) == {}
    assert (centre.head(), centre.marked()) == (head + 1, [])
    siti = centre.laptops["siti"]
    with as_of(N_PLUS_1):
        assert leaves_of(siti.send(siti.request(schema=N_PLUS_1)))[key, path] is None


def test_a_leaf_that_was_good_before_gets_its_last_good_value_again(centre: Centre) -> None:
    centre.push("siti", rows(VISIT, {"mode": "phone", "notes": "Kas cocok."}))
    centre.push("siti", rows(VISIT, {"mode": "by_drone"}, centre.head()))
    centre.push("siti", rows(VISIT, {"mode": "by_mule"}, centre.head()))
    centre.update(N_PLUS_1)
    assert centre.leaves(VISIT) == {"mode": "phone", "notes": "Kas cocok."}
    assert centre.told() == [("siti", "mode", "by_mule", "unknown_choice")]


def test_a_state_is_judged_step_by_step_and_with_what_it_needs(centre: Centre) -> None:
    note = {"audit_note": "Sesuai."}
    centre.push("siti", rows(VISIT, {**READY, "state": "sealed"}))
    for state, leaves in (("doubted", {}), ("audited", note)):
        centre.push("siti", rows(VISIT, {"state": state, **leaves}, centre.head()))
    centre.update(N_PLUS_1)
    # Only a reviewer may doubt; but what is sealed may be audited as well, so the second word is good.
    assert centre.leaves(VISIT) == {**READY, "state": "audited", **note}
    assert (centre.aside(), centre.marked()) == ([], [])


def test_who_took_a_step_that_only_others_may_take_has_not_taken_it(centre: Centre) -> None:
    centre.push("siti", rows(VISIT, {**READY, "state": "sealed"}))
    centre.push("siti", rows(VISIT, {"state": "audited"}, centre.head()))
    centre.push("siti", rows(VISIT, {"audit_note": "Terlambat."}, centre.head()))
    centre.update(N_PLUS_1)
    assert centre.leaves(VISIT)["state"] == "sealed"
    assert centre.told() == [("siti", "state", "audited", "needs_reason")]
    assert centre.leaves(VISIT)["audit_note"] == "Terlambat."


def test_a_leaf_is_judged_by_the_record_as_its_author_saw_it(centre: Centre) -> None:
    centre.push("siti", rows(VISIT, {**READY, "weather": "storm"}))
    centre.push("siti", rows(VISIT, {"state": "sealed"}, centre.head()))
    centre.push("siti", rows(VISIT, {"rides/a/cost": 15_000}, centre.head()))
    centre.update(N_PLUS_1)
    assert centre.leaves(VISIT)["weather"] == "storm"
    assert centre.told() == [("siti", "rides/a/cost", 15_000, "content_is_fixed")]


def test_everybody_is_judged_by_his_own_rights(centre: Centre) -> None:
    approved = {"approved_by": "Hadi"}
    centre.push("hadi", rows(TRAINING, {"title": "Pembukuan", **approved}))
    centre.push("siti", rows(RecordKey("training", UUID(int=6)), {"title": "Pajak", "approved_by": "Siti"}))
    centre.update(N)
    assert centre.leaves(TRAINING) == {"title": "Pembukuan", **approved}
    assert centre.leaves(RecordKey("training", UUID(int=6))) == {"title": "Pajak"}
    assert centre.told() == [("siti", "approved_by", "Siti", "role_may_not")]


def test_what_was_overtaken_by_something_the_centre_understood_is_not_judged(centre: Centre) -> None:
    centre.push("siti", rows(VISIT, {"mode": "by_mule"}))
    assert centre.push("siti", rows(VISIT, {"mode": "phone"}, centre.head()), N_MINUS_2) == []
    head = centre.head()
    centre.update(N_PLUS_1)
    assert (centre.leaves(VISIT), centre.marked()) == ({"mode": "phone"}, [])
    assert (centre.head(), centre.aside()) == (head, [])


def test_what_was_taken_back_can_be_released_if_it_may_be_written(centre: Centre) -> None:
    centre.push("siti", rows(TRAINING, {"title": "Pembukuan", "approved_by": "Siti"}))
    centre.push("siti", rows(VISIT, {"weather": "hail"}))
    centre.update(N_PLUS_1)
    entries = {row["path"]: row["entry"] for row in centre.aside()}
    with as_of(N_PLUS_1):
        handled = release(centre.server, entries.values(), by="hadi")
    assert {one.leaf.row.path: one.rejected for one in handled} == {
        "approved_by": "",
        "weather": "unknown_choice",
    }
    assert centre.leaves(TRAINING) == {"title": "Pembukuan", "approved_by": "Siti"}
    assert [row["path"] for row in centre.aside()] == ["weather"]


def test_the_judgement_is_made_once_however_often_the_centre_starts(centre: Centre) -> None:
    centre.push("siti", rows(VISIT, {"weather": "hail", "audit_note": "x"}))
    centre.update(N_PLUS_1)
    after = (dump(centre.server), centre.head(), centre.aside())
    centre.update(N_PLUS_1)
    assert (dump(centre.server), centre.head(), centre.aside()) == after


def test_a_judge_who_dies_on_his_way_has_done_nothing(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.push("siti", rows(VISIT, {"weather": "hail", "audit_note": "x"}))
    before = (dump(centre.server), centre.head(), centre.marked())

    def cut(count: int) -> bytes:
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(centre.chance, "take", cut)
        with pytest.raises(PowerCut):
            centre.update(N_PLUS_1)
    with as_of(N_MINUS_2):
        centre.update(N_MINUS_2)
    assert (dump(centre.server), centre.head(), centre.marked()) == before
    centre.update(N_PLUS_1)
    assert centre.told() == [("siti", "weather", "hail", "unknown_choice")]


def test_digest_and_tip_are_those_of_any_change(centre: Centre) -> None:
    centre.push("siti", rows(VISIT, {"weather": "hail", "notes": "x"}))
    siti = centre.laptops["siti"]
    with as_of(N_MINUS_2):
        held = cursor_for(siti.send(siti.request(schema=N_PLUS_1)), PERIDAN_CHANNEL)
    centre.update(N_PLUS_1)
    with as_of(N_PLUS_1):
        page = siti.send(siti.request(schema=N_PLUS_1, cursors=[held]))
        fresh = siti.send(siti.request(schema=N_PLUS_1))
        assert leaves_of(page) == {(VISIT, "weather"): None}
    assert page.verdict is Verdict.OK
    assert cursor_for(page, PERIDAN_CHANNEL) == cursor_for(fresh, PERIDAN_CHANNEL)


# What was put aside, and what is offered.


def test_nobody_releases_what_nobody_here_understands(centre: Centre) -> None:
    with as_of(N_MINUS_2):
        unassign(centre.server, "siti", str(PERIDAN))
    centre.push("siti", rows(VISIT, {"weather": "storm", "notes": "Kas cocok."}))
    entries = {row["path"]: row["entry"] for row in centre.aside()}
    with as_of(N_MINUS_2):
        handled = release(centre.server, entries.values(), by="hadi")
    assert {one.leaf.row.path: one.rejected for one in handled} == {"notes": "", "weather": "unknown_leaf"}
    assert centre.leaves(VISIT) == {"notes": "Kas cocok."}
    centre.update(N_PLUS_1)
    with as_of(N_PLUS_1):
        release(centre.server, [entries["weather"]], by="hadi")
    assert centre.leaves(VISIT) == {"notes": "Kas cocok.", "weather": "storm"}
    assert centre.aside() == []
