"""calc: one rule of the business by itself, without a profile, with the figures on standard input."""

from __future__ import annotations

import dataclasses
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kopdesk.cli.terminal import WrongUsage
from kopdesk.domain.cash_count import CashCount
from kopdesk.domain.cash_result import cash_result
from kopdesk.domain.errors import InvalidField
from kopdesk.domain.fields import Kind, Leaf, group_of, leaf
from kopdesk.domain.ids import short_key
from kopdesk.domain.records import leaves_from_document, part_from_leaves
from kopdesk.domain.zones import Zone, business_date
from kopdesk.rules.legal_tender import legal_tender
from kopdesk.wording.reasons import reason_sentence
from kopdesk.wording.terbilang import rupiah_in_words

if TYPE_CHECKING:
    from kopdesk.app import App
    from kopdesk.cli.terminal import Terminal


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """An amount to be said."""

    amount: int | None = leaf(Kind.MONEY)


@dataclass(frozen=True, slots=True)
class Rule:
    """`form` names what goes in, `compute` makes of it what comes out on a day; `example`: to begin with."""

    told: str
    form: type
    compute: Callable[[Any, date], Mapping[str, object]]
    example: Mapping[str, object]


def _cash(count: CashCount, today: date) -> Mapping[str, object]:
    """By the money that counts on the day of the count."""
    rules = legal_tender()
    result = cash_result(count, rules.counted(count.counted_on or today))
    return {**dataclasses.asdict(result), "rules": f"{rules.pack} {rules.version}"}


def _words(given: Words, today: date) -> Mapping[str, object]:
    if given.amount is None:
        raise InvalidField("amount", "missing")
    return {"words": rupiah_in_words(given.amount)}


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "cash-count": Rule(
            "hasil hitung kas: jumlah fisik, saldo buku, selisih",
            CashCount,
            _cash,
            {
                "counted_on": "2026-11-27",
                "note": {"50000": 9, "10000": 3, "2000": 2},
                "coin": {"500": 1},
                "others": [{"kind": "iou", "text": "Bon Pak Usman", "amount": 25_000}],
                "vouchers": [{"number": "BK-31", "direction": "out", "amount": 20_000}],
                "book_balance": 549_500,
            },
        ),
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
        terminal.say(place + reason_sentence(error.reason, error.detail))
        return 1
    terminal.print_json(answer)
    return 0


def _computed(rule: Rule, document: object, app: App) -> Mapping[str, object]:
    if not isinstance(document, Mapping):
        raise InvalidField("", "wrong_kind")
    leaves = leaves_from_document(rule.form, document, new_key=lambda: short_key(app.random_bytes(8)))
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
