"""The business plan of the demo's field day: a loan that is too large, made small enough."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from kopdesk.domain.plan import Plan
from kopdesk.domain.records import nested
from kopdesk.domain.rounding import BASIS_POINTS
from kopdesk.reports.plan_files import plan_file
from kopdesk.rules.current import current_rules
from kopdesk.storage.files import write_whole
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.planning import PlanTold, list_plans, told_plan
from kopdesk.usecases.records import put_record
from kopdesk.wording.figures import rupiah
from kopdesk.wording.planning import breaking_line, verdict_line

RULES = current_rules()
_WISHED = 90_000_000
_STEP = 500_000
_LOAN = "loans/utama/amount"
_NOT_COPIED = (
    "id",
    "cooperative_id",
    "state",
    "submitted_at",
    "investments",
    "rule_pack",
    "rule_pack_version",
)


@dataclass(frozen=True, slots=True)
class PlanStory:
    """`lines`: what is told; `agrees`: whether command, spreadsheet and JSON came to the same."""

    plan_id: UUID
    lines: tuple[str, ...]
    breaks: bool
    holds: bool
    agrees: bool


def play_plan(desk: Desk, cooperative_id: UUID, folder: Path, today: date) -> PlanStory | None:
    """The village's shop as its approved plan has it, with the loan its board wishes for; None without."""
    known = list_plans(desk, cooperative_id)
    if not known:
        return None
    plan_id = _wish(desk, known[0].plan, today)
    before = told_plan(desk, plan_id, RULES, today)
    amount = _small_enough(before)
    lines = [f"  {line}" for line in _told(before)]
    put_record(desk, "plan", {"id": str(plan_id), "loans": {"utama": {"amount": amount}}})
    after = told_plan(desk, plan_id, RULES, today)
    lines.append(f"Pinjaman diubah menjadi {rupiah(amount)}.")
    lines.append(f"  {verdict_line(after.outcomes[0].measures)}")
    for ending in ("xlsx", "json"):
        write_whole(folder / f"rencana-usaha.{ending}", plan_file(after, ending))
    return PlanStory(
        plan_id=plan_id,
        lines=tuple(lines),
        breaks=not before.outcomes[0].measures.holds,
        holds=after.outcomes[0].measures.holds,
        agrees=_agrees(after, folder),
    )


def _wish(desk: Desk, shop: Plan, today: date) -> UUID:
    leaves = {
        path: value for path, value in shop.to_leaves().items() if path.partition("/")[0] not in _NOT_COPIED
    }
    document = nested(leaves)
    loan = {**document["loans"]["utama"], "amount": _WISHED}
    loan.pop("drawdowns", None)
    document |= {
        "cooperative_id": str(shop.cooperative_id),
        "title": "Tambah modal gerai, keinginan pengurus",
        "prepared_on": today.isoformat(),
        "loans": {"utama": loan},
    }
    return put_record(desk, "plan", document).key.id


def _told(told: PlanTold) -> Iterator[str]:
    yield verdict_line(told.outcomes[0].measures)
    mending = [one for one in told.breaking if one.margin is not None]
    if mending:
        yield f"Satu ini saja diubah, rencana bertahan: {breaking_line(told.plan, mending[0])}."
    for one in mending[1:]:
        if one.path == _LOAN:
            yield f"Atau: {breaking_line(told.plan, one)}."


def _small_enough(told: PlanTold) -> int:
    margin = next(one.margin for one in told.breaking if one.path == _LOAN)
    kept = BASIS_POINTS - abs(margin or 0)
    return _WISHED * kept // BASIS_POINTS // _STEP * _STEP


def _agrees(told: PlanTold, folder: Path) -> bool:
    """The same present value, lowest cash and instalment in the file for SIMKOPDES and in the spreadsheet."""
    from python_calamine import CalamineWorkbook

    measures = told.outcomes[0].measures
    wanted = (measures.worth.npv, measures.lowest_cash, measures.load.instalment if measures.load else None)
    document = json.loads((folder / "rencana-usaha.json").read_text())["kelayakan"]
    as_json = (document["npv"], document["kas_terendah"], document["angsuran_terberat"])
    rows = CalamineWorkbook.from_path(str(folder / "rencana-usaha.xlsx")).get_sheet_by_index(0).to_python()
    sheet = {str(row[0]): row[1] for row in rows}
    as_sheet = tuple(sheet[name] for name in ("NPV", "Kas terendah", "Angsuran terberat sebulan"))
    return wanted == as_json == as_sheet
