"""The story the demo plays: one day without network in a village, told as documents for the use cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kopdesk.domain.officer import Position
from kopdesk.domain.records import Leaves
from kopdesk.sample.district import District, SampleCooperative
from kopdesk.sample.texts_field_day import FIELD_DAYS, FieldDayTexts

Document = Mapping[str, Any]
"""Nested JSON, as `kopdesk put` takes it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Some fields of a record that exists."""

    type: str
    id: UUID
    document: Document


@dataclass(frozen=True, slots=True)
class SameAmount:
    """An amount that both laptops change. `right` is one of the two; `reason` says why."""

    type: str
    id: UUID
    path: str
    before: int
    on_first: int
    on_second: int
    right: int
    reason: str


@dataclass(frozen=True, slots=True)
class FieldDay:
    """What happens on the day. Promises and problem name the visit once it has an id."""

    assistant: str
    cooperative: SampleCooperative
    visit: Document
    promises: tuple[Document, ...]
    problem: Document
    profile: Edit
    opening_hours: Edit | None
    same_amount: SameAmount

    def promises_of(self, visit_id: UUID) -> tuple[Document, ...]:
        return tuple(
            {**promise, "origin_type": "visit", "origin_id": str(visit_id)} for promise in self.promises
        )

    def problem_of(self, visit_id: UUID) -> Document:
        return {**self.problem, "visit_id": str(visit_id)}


def field_day(district: District, today: date) -> FieldDay:
    """The day of the first assistant in the district's best-known cooperative."""
    texts = FIELD_DAYS[district.name]
    cooperative = next(coop for coop in district.cooperatives if coop.name.endswith(texts.village))
    profile = next(leaves for key, leaves in cooperative.current().items() if key.type == "cooperative")
    people = _people(cooperative)
    promises = tuple(_promise(texts, people, number, today) for number in (0, 1))
    return FieldDay(
        assistant=next(iter(district.assignments)),
        cooperative=cooperative,
        visit=_visit(district, texts, people, profile, today),
        promises=promises,
        problem={
            "text": texts.problem,
            "aspect": "partnership",
            "priority": "high",
            "status": "to_do",
            "noticed_on": today.isoformat(),
            "solution": texts.solution,
            "help_needed_from": texts.helper,
        },
        profile=Edit("cooperative", cooperative.id, {"phone": texts.phone, "address": texts.address}),
        opening_hours=_opening_hours(cooperative, texts),
        same_amount=_same_amount(cooperative, profile, texts),
    )


def _people(cooperative: SampleCooperative) -> Mapping[str, tuple[UUID, Leaves]]:
    """The officers by position; of several members of a body the first."""
    people: dict[str, tuple[UUID, Leaves]] = {}
    for key, leaves in cooperative.current().items():
        if key.type == "officer" and leaves["body"] == "board":
            people.setdefault(str(leaves["position"]), (key.id, leaves))
    return people


def _visit(
    district: District,
    texts: FieldDayTexts,
    people: Mapping[str, tuple[UUID, Leaves]],
    profile: Leaves,
    today: date,
) -> Document:
    met = (
        ("p1", Position.CHAIR, "Ketua"),
        ("p2", Position.TREASURER, "Bendahara"),
        ("p3", Position.SECRETARY, "Sekretaris"),
    )
    return {
        "visited_on": today.isoformat(),
        "start_time": "09:20",
        "end_time": "11:40",
        "zone": district.zone,
        "mode": "field",
        "place": texts.place,
        "latitude": int(profile["latitude"] or 0) + 140,
        "longitude": int(profile["longitude"] or 0) - 95,
        "accuracy_metres": 12,
        "position_source": "gps",
        "signal": "none",
        "topics": texts.topics,
        "notes": texts.notes,
        "agreement": texts.agreement,
        "purposes": {"outlet_governance": True, "partnerships": True},
        "attendees": {
            key: {
                "name": people[position][1]["name"],
                "position": label,
                "officer_id": str(people[position][0]),
                "initialled": True,
            }
            for key, position, label in met
        },
        "findings": {
            f"t{number}": {
                "text": finding.text,
                "aspect": finding.aspect,
                "weight": finding.weight,
                "recommendation": finding.advice,
                "due_on": (today + timedelta(days=finding.days)).isoformat(),
            }
            for number, finding in enumerate(texts.findings, 1)
        },
    }


def _promise(
    texts: FieldDayTexts, people: Mapping[str, tuple[UUID, Leaves]], number: int, today: date
) -> Document:
    finding = texts.findings[number]
    officer_id, officer = people[finding.responsible]
    return {
        "promise": finding.promise,
        "responsible": f"{officer['name']} ({finding.office})",
        "responsible_officer_id": str(officer_id),
        "promised_on": today.isoformat(),
        "due_on": (today + timedelta(days=finding.days)).isoformat(),
        "aspect": finding.aspect,
        "weight": finding.weight,
        "origin_path": f"findings/t{number + 1}",
    }


def _opening_hours(cooperative: SampleCooperative, texts: FieldDayTexts) -> Edit | None:
    """The shop's note; before the shop opens there is none."""
    for key, leaves in cooperative.current().items():
        if key.type == "outlet" and leaves["type"] == "grocery":
            return Edit("outlet", key.id, {"note": texts.opening_hours})
    return None


def _same_amount(cooperative: SampleCooperative, profile: Leaves, texts: FieldDayTexts) -> SameAmount:
    before = int(profile["mandatory_saving"] or 0)
    return SameAmount(
        type="cooperative",
        id=cooperative.id,
        path="mandatory_saving",
        before=before,
        on_first=before + 5_000,
        on_second=before + 2_500,
        right=before + 5_000,
        reason=texts.reason,
    )
