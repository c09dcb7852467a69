"""What every `ServerStore` promises about leaves that only a newer schema can judge."""

from dataclasses import replace
from uuid import UUID

import pytest

from kopdesk.domain.merge import Central
from kopdesk.domain.records import RecordKey
from kopdesk.server.ports import ServerStore, Unchecked

CHANNEL, OTHER = "coop/00000000-0000-7000-8000-0000000000aa", "coop/00000000-0000-7000-8000-0000000000bb"
VISIT = RecordKey("visit", UUID(int=1))


class Crash(Exception):
    """Something unexpected in the middle of a transaction."""


def a_leaf(path: str = "weather", rev: int = 3) -> Unchecked:
    return Unchecked(
        channel=CHANNEL,
        key=VISIT,
        path=path,
        rev=rev,
        stands_at=rev,
        author_id=UUID(int=9),
        schema=4,
        batch_hash=b"h" * 32,
        place=7,
        seen_by=3,
    )


def test_marks_are_kept_record_by_record_in_the_order_of_their_revs(store: ServerStore) -> None:
    officer = replace(a_leaf(), key=RecordKey("officer", UUID(int=2)))
    marked = [officer, a_leaf(rev=2), a_leaf("mood", 3), a_leaf("weather", 3)]
    with store.writing() as tx:
        for leaf in reversed(marked):
            tx.save_unchecked(leaf)
        tx.save_unchecked(replace(a_leaf(), channel=OTHER))
    with store.reading() as tx:
        assert tx.unchecked(CHANNEL) == marked
        assert tx.unchecked("ref") == []


def test_a_mark_says_which_centre_has_looked_at_it_last(store: ServerStore) -> None:
    with store.writing() as tx:
        tx.save_unchecked(a_leaf())
        tx.save_unchecked(replace(a_leaf(), channel=OTHER))
        tx.save_unchecked(replace(a_leaf("mood"), channel=OTHER))
        assert tx.unchecked_channels(3) == []
        assert tx.unchecked_channels(4) == [CHANNEL, OTHER]
        tx.save_unchecked(replace(a_leaf(), seen_by=4))
        assert tx.unchecked_channels(4) == [OTHER]
        assert tx.unchecked(CHANNEL) == [replace(a_leaf(), seen_by=4)]


def test_what_was_judged_is_marked_no_more_unless_the_judge_fell_over(store: ServerStore) -> None:
    with store.writing() as tx:
        tx.save_unchecked(a_leaf())
    with pytest.raises(Crash), store.writing() as tx:  # noqa: PT012 - all of this is to be undone
        tx.unmark(a_leaf())
        tx.save_unchecked(a_leaf("mood"))
        assert tx.unchecked(CHANNEL) == [a_leaf("mood")]
        raise Crash
    with store.writing() as tx:
        assert tx.unchecked(CHANNEL) == [a_leaf()]
        tx.unmark(a_leaf())
        tx.unmark(a_leaf("never_marked"))
        assert tx.unchecked(CHANNEL) == []


def test_a_record_is_known_as_it_was_at_every_rev(store: ServerStore) -> None:
    with store.writing() as tx:
        for rev, leaves in ((2, {"notes": "a", "place": "x"}), (4, {"notes": "b"}), (7, {"place": None})):
            changed = {path: Central(value, rev) for path, value in leaves.items()}
            tx.save_leaves(CHANNEL, VISIT, changed, rank=0, record_hash=1)
    with store.reading() as tx:
        assert tx.leaves_at(CHANNEL, VISIT, 1) == {}
        assert tx.leaves_at(CHANNEL, VISIT, 3) == {"notes": Central("a", 2), "place": Central("x", 2)}
        assert tx.leaves_at(CHANNEL, VISIT, 6) == {"notes": Central("b", 4), "place": Central("x", 2)}
        assert tx.leaves_at(CHANNEL, VISIT, 7) == {"notes": Central("b", 4), "place": Central(None, 7)}
        assert tx.leaves_at(OTHER, VISIT, 7) == {}
