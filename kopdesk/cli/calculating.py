"""calc: one rule of the business by itself, without a profile, with the figures on standard input."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from kopdesk.cli.failures import how
from kopdesk.cli.rule import Rule
from kopdesk.cli.rules_of_books import RULES_OF_BOOKS
from kopdesk.cli.rules_of_plans import RULES_OF_PLANS
from kopdesk.cli.terminal import WrongUsage
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.fields import Kind, Leaf, group_of, leaf
from kopdesk.domain.ids import short_key
from kopdesk.domain.records import Record, leaves_from_document, part_from_leaves
from kopdesk.domain.zones import Zone, business_date
from kopdesk.wording.reasons import reason_sentence
from kopdesk.wording.terbilang import MOST, rupiah_in_words

if TYPE_CHECKING:
    from kopdesk.app import App
    from kopdesk.cli.terminal import Terminal


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """An amount to be said."""

    amount: int | None = leaf(Kind.MONEY)


def _words(given: Words, today: date) -> Mapping[str, object]:
    if given.amount is None:
        raise InvalidField("amount", "missing")
    if abs(given.amount) > MOST:
        raise InvalidField("amount", "number_too_large")
    return {"words": rupiah_in_words(given.amount)}


_NO_RECORD = UUID(int=0)

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        **RULES_OF_BOOKS,
        **RULES_OF_PLANS,
        "words": Rule("jumlah rupiah dalam kata (terbilang)", Words, _words, {"amount": 1_250_000}),
    }
)


def calculate(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """List the rules, show what one needs, or compute it; a fault is named by its path, and exits with 1."""
    if arguments.name is None:
        terminal.print_rows({"name": name, "told": rule.told} for name, rule in RULES.items())
        return 0
    rule = RULES.get(arguments.name)
    if rule is None:
        known = ", ".join(RULES)
        raise WrongUsage(f"Aturan “{arguments.name}” tidak dikenal. Yang ada: {known}.")
    if arguments.schema:
        terminal.print_json(_schema(rule, app))
        return 0
    try:
        answer = _computed(rule, terminal.read_json(), app)
    except InvalidField as error:
        place = f"{error.path}: " if error.path else ""
        terminal.say(place + reason_sentence(error.reason, error.detail) + how(error))
        return 1
    terminal.print_json(answer)
    return 0


def _computed(rule: Rule, document: object, app: App) -> Mapping[str, object]:
    if not isinstance(document, Mapping):
        raise WrongUsage("Isian aturan harus berupa objek JSON; contohnya dengan --schema.")
    leaves = leaves_from_document(rule.form, document, new_key=lambda: short_key(app.random_bytes(8)))
    if issubclass(rule.form, Record):
        return rule.compute(rule.form.from_leaves(_NO_RECORD, None, leaves), _today(app))
    return rule.compute(part_from_leaves(rule.form, leaves), _today(app))


def _today(app: App) -> date:
    return business_date(app.now(), app.zone if app.zone in tuple(Zone) else Zone.WIB)


def _schema(rule: Rule, app: App) -> Mapping[str, object]:
    """JSON Schema of what goes in, with an example and what comes out of it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": rule.told,
        **_object(rule.form),
        "examples": [rule.example],
        "x-result": _computed(rule, rule.example, app),
    }


def _object(form: type) -> dict[str, object]:
    group = group_of(form)
    properties: dict[str, object] = {name: _value(spec) for name, spec in group.leaves.items()}
    for name, spec in group.values.items():
        properties[name] = {"type": "object", "additionalProperties": _value(spec)}
    for name, row in group.rows.items():
        rows = _object(row)
        by_key = {"type": "object", "additionalProperties": rows}
        properties[name] = {"oneOf": [{"type": "array", "items": rows}, by_key]}
    return {"type": "object", "properties": properties, "additionalProperties": False}


_FORMATS = {Kind.DATE: "date", Kind.INSTANT: "date-time", Kind.REFERENCE: "uuid"}
_WHOLE = (Kind.MONEY, Kind.COUNT, Kind.BASIS_POINTS, Kind.COORDINATE)


def _value(spec: Leaf) -> dict[str, object]:
    if spec.kind in _WHOLE:
        return {"type": ["integer", "null"]}
    if spec.kind == Kind.FLAG:
        return {"type": ["boolean", "null"]}
    if spec.kind == Kind.CODE:
        return {"enum": [*spec.choices, None]}
    told: dict[str, object] = {"type": ["string", "null"]}
    return told | ({"format": _FORMATS[spec.kind]} if spec.kind in _FORMATS else {})
