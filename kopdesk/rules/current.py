"""All packs in force: the person's own file where there is a usable one, otherwise the shipped one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kopdesk.domain.chart import Chart
from kopdesk.domain.loan_grades import GradeRules
from kopdesk.domain.plan_warnings import Range, Scheme
from kopdesk.rules import (
    books,
    chart_of_accounts,
    financing,
    legal_tender,
    loan_ageing,
    statement_layout,
    taxes,
)
from kopdesk.rules.books import BooksPack
from kopdesk.rules.legal_tender import LegalTender
from kopdesk.rules.packs import RuleFault
from kopdesk.rules.statement_layout import StatementLayout
from kopdesk.rules.taxes import PlanTaxes

Rule = TypeVar("Rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`faults`: files of the person's own that could not be used; the shipped ones are used instead."""

    chart: Chart
    books: BooksPack
    tender: LegalTender
    layout: StatementLayout
    loans: GradeRules
    loans_version: str
    schemes: tuple[Scheme, ...]
    ranges: tuple[Range, ...]
    financing_version: str
    taxes: PlanTaxes
    faults: tuple[RuleFault, ...] = ()

    @property
    def plan_version(self) -> str:
        """Of the packs a plan is computed and judged by."""
        return f"{self.financing_version}; {self.taxes.version}"

    @property
    def version(self) -> str:
        """Of the packs a check was made with, for its record."""
        packs = (self.books, self.tender, self.layout)
        return "; ".join(
            (self.chart.version, self.loans_version, *(f"{pack.pack} {pack.version}" for pack in packs))
        )


def current_rules(own: Path | None = None) -> Rules:
    """`own`: the folder of the person's own packs; it need not exist. Raises RuleFault for a shipped one."""
    faults: list[RuleFault] = []

    def read(name: str, reader: Callable[[Path | None], Rule]) -> Rule:
        place = own / f"{name}.toml" if own is not None else None
        if place is None or not place.is_file():
            return reader(None)
        try:
            return reader(place)
        except RuleFault as fault:
            faults.append(fault)
            return reader(None)

    chart = read(chart_of_accounts.PACK, chart_of_accounts.chart_of_accounts)
    shelf = read(books.PACK, books.books)
    tender = read(legal_tender.PACK, legal_tender.legal_tender)
    layout = read(statement_layout.PACK, statement_layout.statement_layout)
    schemes, ranges, financing_version = read(financing.PACK, financing.financing)
    plan_taxes = read(taxes.PACK, taxes.taxes)
    loans, loans_version = read(loan_ageing.PACK, loan_ageing.loan_ageing)
    return Rules(
        chart=chart,
        books=shelf,
        tender=tender,
        layout=layout,
        loans=loans,
        loans_version=loans_version,
        schemes=schemes,
        ranges=ranges,
        financing_version=financing_version,
        taxes=plan_taxes,
        faults=tuple(faults),
    )
