"""What newer programs write is kept and marked; what no newer schema could change is judged at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID

import pytest

from kopdesk.domain.fields import DELETED
from kopdesk.domain.records import RecordKey
from kopdesk.domain.values import Value
from kopdesk.protocol.errors import BadMessage
from kopdesk.protocol.messages import OutcomeKind, Shown
from kopdesk.server.listing import dump
from tests.support.mixed_centre import READY, TRAINING, VISIT, MixedCentre, rows, siti_and_hadi
from tests.support.raw_client import leaves_of
from tests.support.schemas import N_MINUS_1, N_MINUS_2, N_PLUS_1, N, as_of
from tests.support.server_parts import PERIDAN_CHANNEL, PERIDAN_PROFILE, TestClock


@pytest.fixture
def centre(tmp_path: Path, clock: TestClock) -> Iterator[MixedCentre]:
    centre = siti_and_hadi(tmp_path / "server", clock)
    yield centre
    centre.server.close()


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


def test_what_only_a_newer_schema_knows_is_kept_served_unchanged_and_marked(centre: MixedCentre) -> None:
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
    centre: MixedCentre, schema: int
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
def test_no_schema_has_names_like_these(centre: MixedCentre, record_type: str, path: str) -> None:
    (outcome,) = centre.push("siti", [(RecordKey(record_type, UUID(int=5)), path, "x", 0)])
    assert (outcome.kind, outcome.detail) in {
        (OutcomeKind.REJECTED, "unknown_leaf"),
        (OutcomeKind.REJECTED, "unknown_type"),
        (OutcomeKind.REJECTED, "bad_key"),
    }
    assert centre.marked() == []


def test_what_a_newer_program_writes_into_known_leaves_is_judged_at_once(centre: MixedCentre) -> None:
    profile = rows(PERIDAN_PROFILE, {"registration_status": "approved"}) + rows(
        RecordKey("cooperative", UUID(int=5)), {"stars": 5}
    )
    outcomes = centre.push("siti", [*profile, *rows(VISIT, {"state": "sealed", "weather": "dry"})])
    assert sorted(outcome.detail for outcome in outcomes) == ["needs_date", "other_channel", "role_may_not"]
    assert centre.leaves(VISIT) == {"weather": "dry"}


def test_a_seal_is_not_hindered_by_what_the_centre_does_not_know(centre: MixedCentre) -> None:
    newer = {"state": "sealed", "weather": "storm", "mode": "by_drone"}
    assert centre.push("siti", rows(VISIT, {**READY, **newer})) == []
    assert centre.push("siti", rows(VISIT, {"audit_note": "Sudah diperiksa."})) == []
    (outcome,) = centre.push("siti", rows(VISIT, {"notes": "Terlambat."}))
    assert outcome.detail == "content_is_fixed"


def test_a_known_leaf_of_a_sealed_record_stays_fixed_whatever_word_is_written(centre: MixedCentre) -> None:
    centre.push("siti", rows(VISIT, {**READY, "state": "sealed"}))
    (outcome,) = centre.push("siti", rows(VISIT, {"mode": "by_drone"}))
    assert outcome.detail == "content_is_fixed"


def test_what_a_state_has_fixed_stays_fixed_under_a_state_the_centre_does_not_know(
    centre: MixedCentre,
) -> None:
    centre.push("siti", rows(VISIT, {**READY, "state": "sealed"}))
    base = centre.head()
    assert centre.push("siti", rows(VISIT, {"state": "audited"}, base)) == []
    assert centre.push("siti", rows(VISIT, {"state": "doubted"}, centre.head())) == []
    for schema in (N_MINUS_2, N_PLUS_1):
        (outcome,) = centre.push("siti", rows(VISIT, {"notes": "Diam-diam."}), schema)
        assert outcome.detail == "content_is_fixed"
    assert centre.leaves(VISIT)["state"] == "doubted"


def test_two_values_of_a_leaf_that_nobody_here_knows_wait_for_a_person(centre: MixedCentre) -> None:
    centre.person("budi")
    assert centre.push("siti", rows(VISIT, {"weather": "dry"})) == []
    (outcome,) = centre.push("budi", rows(VISIT, {"weather": "storm"}))
    assert outcome.kind is OutcomeKind.CONFLICT
    assert centre.leaves(VISIT)["weather"] == "dry"
    conflict = centre.leaves(RecordKey("conflict", UUID(outcome.detail)))
    assert (conflict["offered_value"], conflict["merge_class"]) == ("storm", "decide")
    assert [leaf.rev for leaf in centre.marked()] == [centre.head() - 1]


@pytest.mark.parametrize("key", [VISIT, TRAINING], ids=lambda key: key.type)
def test_a_deletion_has_to_have_seen_unknown_leaves_like_any_other(
    centre: MixedCentre, key: RecordKey
) -> None:
    centre.push("siti", rows(key, {"weather": "dry", "notes_of_old": "x"}))
    rev = centre.head()
    deletion = [(key, DELETED, True, 0)]
    (outcome,) = centre.push("siti", deletion, shown=[Shown(0, {"weather": rev})])
    assert outcome.kind is OutcomeKind.CONFLICT
    assert centre.push("siti", deletion, shown=[Shown(0, {"weather": rev, "notes_of_old": rev})]) == []
    assert centre.leaves(key) == {"weather": "dry", "notes_of_old": "x"}
    assert next(row for row in dump(centre.server) if row["type"] == key.type)["deleted"]


@pytest.mark.parametrize("schema", [-1, 2**31, 2**64 - 1])
def test_a_schema_that_is_no_number_of_one_is_refused(centre: MixedCentre, schema: int) -> None:
    siti = centre.laptops["siti"]
    batch = siti.batch(1, {PERIDAN_CHANNEL: rows(VISIT, {"weather": "x"})}, schema=schema)
    with as_of(N_MINUS_2):
        receipt = siti.receipt(siti.send(siti.request(batch=batch, batch_seq=1)))
        assert receipt.refused == "undecodable"
        with pytest.raises(BadMessage):
            siti.send(siti.request(schema=schema))
    assert centre.marked() == []


# Numbers.


def test_nobody_gets_numbers_he_cannot_know(centre: MixedCentre) -> None:
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
def test_a_batch_of_a_newer_program_can_be_read_by_the_oldest_centre(
    centre: MixedCentre, schema: int
) -> None:
    sent = dict.fromkeys(("notes", "weather", "audit_note"), "x")
    centre.push("siti", rows(VISIT, sent) + rows(TRAINING, {"title": "x"}), schema)
    assert centre.leaves(VISIT)["weather"] == "x"
    assert centre.leaves(TRAINING) == {"title": "x"}
