"""What people do at their laptops, through the real use cases."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

from kopdesk.domain.conflict import Choice
from kopdesk.domain.fields import DELETED, Kind, MergeClass
from kopdesk.domain.ids import derived_id
from kopdesk.domain.record_types import TYPES, leaf_at
from kopdesk.domain.records import RecordKey, nested
from kopdesk.domain.values import Value, same
from kopdesk.storage.records import StoredRecord
from kopdesk.usecases.conflicts import ConflictCase, list_conflicts, resolve_conflict
from kopdesk.usecases.records import delete_record, put_record
from kopdesk.usecases.seen import parse_seen, seen_now, seen_text
from tests.simulation.centre import cooperative_id
from tests.simulation.facts import Place
from tests.simulation.laptop import Editor, Listed, SimulatedLaptop
from tests.simulation.oracle import Oracle
from tests.simulation.texts import typed_over

_VISIT = (
    "notes",
    "agreement",
    "visited_on",
    "accuracy_metres",
    "place",
    "findings/a/text",
    "findings/b/text",
    "findings/a/weight",
    "attendees/a/name",
    "attendees/b/name",
    "purposes/plans",
)
_COUNT = ("members", "women", "note", "source")
_COOPERATIVE = ("principal_saving", "mandatory_saving", "address")
_PATHS = {"visit": _VISIT, "member_count": _COUNT, "cooperative": _COOPERATIVE}
_NEWER = {
    "visit": ("weather", "rides/a/cost", "rides/a/vehicle", "audit_note"),
    "training": ("title", "report", "seats/a", "trainers/a/name"),
}
"""What only programs of newer schemas can type."""
_ROWS = ("findings/a", "findings/b", "attendees/a")
_PERIODS = ("2026-10", "2026-11")
NOTHING_TO_DECIDE = "nothing to decide"


class People:
    """Everybody who types. Tells the oracle what was saved, as soon as it counts as saved."""

    def __init__(self, oracle: Oracle, few_values: bool) -> None:
        self._oracle = oracle
        self._few_values = few_values

    def edit(self, laptop: SimulatedLaptop, random: Random) -> str:
        """Open a record or begin a new one, type, save at once."""
        key = self._some_record(laptop, random)
        if key is None or random.random() < 0.2:
            return self._create(laptop, random)
        editor = self.editor(laptop, key)
        given_rev = random.random() < 0.5
        return self._save(laptop, editor, random, editor.rev if given_rev else None)

    def open(self, laptop: SimulatedLaptop, random: Random) -> str:
        """Open a window and leave it open."""
        key = self._some_record(laptop, random)
        if key is None:
            return "nothing to open"
        laptop.editors.append(self.editor(laptop, key))
        return f"opened {_name(key)}"

    def save_opened(self, laptop: SimulatedLaptop, random: Random) -> tuple[str, bool]:
        """Save what was typed in a window opened earlier; and whether what it shows was overtaken."""
        if not laptop.editors:
            return "no window", False
        editor = laptop.editors.pop(random.randrange(len(laptop.editors)))
        now = self.editor(laptop, editor.key)
        told = self._save(laptop, editor, random, editor.rev)
        if random.random() < 0.3:
            laptop.editors.append(self.editor(laptop, editor.key))
        return told, now.rev != editor.rev

    def delete(self, laptop: SimulatedLaptop, random: Random) -> str:
        """Delete a record, or a row of a visit, as somebody sees it now or saw it earlier."""
        opened = [e for e in laptop.editors if e.key.type != "cooperative"]
        if opened and random.random() < 0.4:
            editor: Editor | None = random.choice(opened)
        else:
            key = self._some_record(laptop, random, ("visit", "member_count"))
            editor = self.editor(laptop, key) if key else None
        if editor is None:
            return "nothing to delete"
        rows = [row for row in _ROWS if any(path.startswith(row + "/") for path in editor.shown)]
        if editor.key.type == "visit" and rows and random.random() < 0.5:
            row = random.choice(rows)
            group, name = row.split("/")
            document = {"id": str(editor.key.id), "rev": editor.rev, group: {name: None}}
            values: dict[str, Value] = {f"{row}/{DELETED}": True}
            return self._saving(
                laptop, editor, values, lambda: put_record(laptop.desk, editor.key.type, document)
            )
        return self._saving(
            laptop,
            editor,
            {DELETED: True},
            lambda: delete_record(laptop.desk, editor.key.type, editor.key.id, editor.rev),
        )

    def decide(self, laptop: SimulatedLaptop, random: Random) -> tuple[str, bool]:
        """Look at the conflicts on this laptop, or at a list read earlier, and decide one.

        Returns also whether what the list shows was overtaken.
        """
        if laptop.listed and random.random() < 0.4:
            return self.decide_listed(laptop, random)
        cases = list_conflicts(laptop.desk)
        if not cases:
            return NOTHING_TO_DECIDE, False
        listed = self._listed(laptop, random.choice(cases))
        if random.random() < 0.5:
            laptop.listed.append(listed)
            return f"listed {_name(listed.case.about)}", False
        return self._decide(laptop, listed, random)

    def decide_listed(self, laptop: SimulatedLaptop, random: Random) -> tuple[str, bool]:
        """Decide what a list that was read earlier shows."""
        return self._decide(laptop, laptop.listed.pop(random.randrange(len(laptop.listed))), random)

    def decide_what(self, laptop: SimulatedLaptop, other: SimulatedLaptop, random: Random) -> str:
        """Decide the conflict that somebody else has just decided, without knowing it."""
        decided = {case.conflict.id for case in list_conflicts(other.desk, open_only=False)}
        both = [c for c in list_conflicts(laptop.desk) if c.conflict.id in decided]
        if not both:
            return NOTHING_TO_DECIDE
        return self._decide(laptop, self._listed(laptop, random.choice(both)), random)[0]

    def write_one_leaf(self, laptop: SimulatedLaptop, key: RecordKey, path: str, random: Random) -> str:
        """Type something else into this leaf, if the record is there."""
        editor = self.editor(laptop, key)
        if editor.shown.get(DELETED) is True or not any(v is not None for v in editor.shown.values()):
            return "not there"
        return self._put(laptop, editor, {path: self._value(key, path, editor.shown, random)}, editor.rev)

    def some_leaf(self, laptop: SimulatedLaptop, random: Random) -> tuple[RecordKey, str] | None:
        """One that people may differ about."""
        key = self._some_record(laptop, random, tuple(_PATHS))
        return (key, random.choice(_PATHS[key.type])) if key else None

    def correct(self, laptop: SimulatedLaptop, case: ConflictCase, random: Random) -> str:
        """Type into what a conflict is about, as somebody who knows nothing of it."""
        path = case.conflict.about_path or ""
        if leaf_at(case.about.type, path) is None or path.endswith(DELETED):
            path = random.choice(_PATHS.get(case.about.type, ("title",)))
        return self.write_one_leaf(laptop, case.about, path, random)

    def _listed(self, laptop: SimulatedLaptop, case: ConflictCase) -> Listed:
        """What the list shows of a conflict: two values, what is there now, what a deletion would take."""
        path, conflict = case.conflict.about_path or "", case.conflict
        shown = {**case.deletes, **_below_rows_that_are_gone(case), path: case.current}
        seen = {p: self._oracle.seen(laptop.index, Place(case.about, p), v) for p, v in shown.items()}
        seen[path] |= {repr(conflict.kept_value), repr(conflict.offered_value)}
        return Listed(case, Editor(case.about, seen_text(case.seen), shown, seen))

    def _decide(self, laptop: SimulatedLaptop, listed: Listed, random: Random) -> tuple[str, bool]:
        case, editor = listed
        choice = random.choice((Choice.KEPT, Choice.OFFERED, Choice.OFFERED))
        path = case.conflict.about_path
        with laptop.store.reading() as work:
            target = work.records.find(case.about)
        if target is None or path is None:
            return NOTHING_TO_DECIDE, False
        is_overtaken = any(
            mark != case.seen.get(p) for p, mark in seen_now(target.layers).items() if p in editor.shown
        )
        gives_mark = random.random() < 0.8
        if not gives_mark:  # then it is the two values that were seen, whatever else the list showed
            place, conflict = Place(case.about, path), case.conflict
            both = [
                self._oracle.seen(laptop.index, place, v)
                for v in (conflict.kept_value, conflict.offered_value)
            ]
            editor = replace(editor, seen={path: both[0] | both[1]})
        seen = parse_seen(editor.rev) if gives_mark else None
        told = self._saving(
            laptop,
            editor,
            {path: case.conflict.decided_value(choice)},
            lambda: resolve_conflict(laptop.desk, case.conflict.id, choice, seen=seen),
        )
        return told, is_overtaken

    def _create(self, laptop: SimulatedLaptop, random: Random) -> str:
        cooperative = cooperative_id(random.randrange(2))
        newer = tuple(name for name in ("training",) if name in TYPES)
        kind = random.choice(("visit", "visit", "member_count", *newer))
        values = self._typed({}, kind, random)
        document: dict[str, Any] = nested(values) | {"cooperative_id": str(cooperative)}
        if kind == "member_count":
            values["period"] = document["period"] = random.choice(_PERIODS)
            key = RecordKey(kind, derived_id(kind, cooperative, document["period"]))
            editor = self.editor(laptop, key)
            return self._saving(
                laptop, editor, values, lambda: put_record(laptop.desk, kind, document), creates=True
            )
        made: list[RecordKey] = []
        told = self._saving(
            laptop,
            Editor(RecordKey(kind, UUID(int=0)), "", {}, {}),
            {},
            lambda: made.append(put_record(laptop.desk, kind, document).key),
        )
        if made:
            editor = Editor(made[0], "", {}, {})
            self._oracle.saved(laptop.index, editor, values, {})
            told += f" {_name(made[0])}"
        return told

    def _save(self, laptop: SimulatedLaptop, editor: Editor, random: Random, rev: str | None) -> str:
        values = self._typed(editor.shown, editor.key.type, random)
        if editor.key.type == "visit" and random.random() < 0.08:
            states = leaf_at("visit", "state")
            assert states is not None
            values["state"] = random.choice(states.choices[1:])
        return self._put(laptop, editor, values, rev)

    def _put(
        self, laptop: SimulatedLaptop, editor: Editor, values: Mapping[str, Value], rev: str | None
    ) -> str:
        values = {p: v for p, v in values.items() if not same(v, editor.shown.get(p))}
        document = nested(values) | {"id": str(editor.key.id)} | ({"rev": rev} if rev is not None else {})
        return self._saving(
            laptop, editor, values, lambda: put_record(laptop.desk, editor.key.type, document)
        )

    def _saving(
        self,
        laptop: SimulatedLaptop,
        editor: Editor,
        values: Mapping[str, Value],
        use_case: Callable[[], object],
        *,
        creates: bool = False,
    ) -> str:
        """Run a use case; what it was asked to save counts as saved as soon as its commit is through."""
        top = self._shown(laptop, editor.key)
        values = {**dict.fromkeys(_marks_cleared(values, top)), **values}
        commits = laptop.store.commits
        try:
            use_case()
        except BaseException:
            if laptop.store.commits == commits:
                raise
            self._oracle.saved(laptop.index, editor, values, top)
            raise
        self._oracle.saved(laptop.index, editor, values, top)
        return f"{'created' if creates else 'saved'} {_name(editor.key)} {sorted(values)}"

    def _typed(self, shown: Mapping[str, Value], kind: str, random: Random) -> dict[str, Value]:
        newer = tuple(path for path in _NEWER.get(kind, ()) if leaf_at(kind, path))
        known = newer if newer and (kind not in _PATHS or random.random() < 0.5) else _PATHS[kind]
        paths = random.sample(known, min(len(known), random.choice((1, 1, 2, 3))))
        return {path: self._value(RecordKey(kind, UUID(int=0)), path, shown, random) for path in paths}

    def _value(self, key: RecordKey, path: str, shown: Mapping[str, Value], random: Random) -> Value:
        spec = leaf_at(key.type, path)
        assert spec is not None
        few = 3 if self._few_values else 1_000_000
        if spec.merge is MergeClass.TEXT:
            return typed_over(shown.get(path), random)
        if random.random() < 0.06 and path in shown:
            return None
        match spec.kind:
            case Kind.DATE:
                return f"2026-11-{random.randint(1, 28):02d}"
            case Kind.FLAG:
                return random.random() < 0.7
            case Kind.CODE:
                return random.choice(spec.choices)
            case Kind.LINE:
                return f"n{random.randrange(few)}"
            case _:
                return random.randrange(1, few + 1)

    def _some_record(
        self, laptop: SimulatedLaptop, random: Random, kinds: tuple[str, ...] = (*_PATHS, "training")
    ) -> RecordKey | None:
        with laptop.store.reading() as work:
            found: list[StoredRecord] = work.records.list_all()
        there = [
            s.key
            for s in found
            if s.key.type in kinds
            and s.key.type in TYPES
            and s.shown.get(DELETED) is not True
            and any(value is not None for value in s.shown.values())
        ]
        return random.choice(there) if there else None

    def _shown(self, laptop: SimulatedLaptop, key: RecordKey) -> dict[str, Value]:
        with laptop.store.reading() as work:
            stored = work.records.find(key)
        return stored.shown if stored else {}

    def editor(self, laptop: SimulatedLaptop, key: RecordKey) -> Editor:
        """A window that shows this record, just opened."""
        with laptop.store.reading() as work:
            stored = work.records.find(key)
        layers = stored.layers if stored else {}
        shown = {path: leaf.shown for path, leaf in layers.items()}
        seen = {path: self._oracle.seen(laptop.index, Place(key, path), v) for path, v in shown.items()}
        return Editor(key, seen_text(seen_now(layers)), shown, seen)


def _below_rows_that_are_gone(case: ConflictCase) -> dict[str, Value]:
    """Of what a deletion would take: what was deleted in it before is not shown, as in no window."""
    within = (case.conflict.about_path or "").removesuffix(DELETED)
    gone = [m.removesuffix(DELETED) for m in case.record if m.endswith(DELETED) and m.startswith(within)]
    below = tuple(row for row in gone if row != within)
    return {p: v for p, v in case.record.items() if below and p.startswith(below)}


def _marks_cleared(values: Mapping[str, Value], top: Mapping[str, Value]) -> list[str]:
    """Who writes into a deleted row, or creates again what was deleted, says that it is there."""
    parts = [path.split("/") for path, value in values.items() if value is not None]
    above = {"/".join([*some[:end], DELETED]) for some in parts for end in range(0, len(some), 2)}
    return sorted(mark for mark in above - values.keys() if top.get(mark) is True)


def _name(key: RecordKey) -> str:
    return f"{key.type} {str(key.id)[-6:]}"
