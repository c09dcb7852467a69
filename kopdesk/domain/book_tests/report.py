"""A check as it is told: what the tests say, what is proposed, what has changed since the one before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kopdesk.domain.book_tests.dozen import run_tests
from kopdesk.domain.book_tests.material import Material
from kopdesk.domain.book_tests.outcome import BookTest, Outcome, TestResult
from kopdesk.domain.book_tests.proposals import Proposal, proposals
from kopdesk.domain.loan_grades import ProblemLoans, problem_loans


class Change(StrEnum):
    """Of a test, since the check before."""

    NEW = "new"
    MENDED = "mended"
    STILL = "still"  # it failed then as well


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """`changes`: only of tests that failed now or then."""

    material: Material
    results: tuple[TestResult, ...]
    proposals: tuple[Proposal, ...]
    loans: ProblemLoans | None
    changes: Mapping[BookTest, Change] = field(default_factory=dict)

    @property
    def open_proposals(self) -> tuple[Proposal, ...]:
        """Those that are no findings of the check yet."""
        return tuple(one for one in self.proposals if one.key not in self.material.check.findings)

    def count(self, outcome: Outcome) -> int:
        """How many of the twelve came out so."""
        return sum(result.outcome is outcome for result in self.results)


def check_report(material: Material, before: Material | None = None) -> CheckReport:
    """`before`: of the check made before this one."""
    results = run_tests(material)
    loans = None
    if material.loan_rules is not None and material.check.loans:
        loans = problem_loans(material.check.loans.values(), material.loan_rules, material.day)
    return CheckReport(
        material=material,
        results=results,
        proposals=proposals(material, results),
        loans=loans,
        changes=_changes(results, run_tests(before)) if before is not None else {},
    )


def _changes(now: Iterable[TestResult], before: Iterable[TestResult]) -> dict[BookTest, Change]:
    earlier = {result.test: result.outcome for result in before}
    changes = {}
    for result in now:
        failed, had_failed = result.outcome is Outcome.FAILED, earlier[result.test] is Outcome.FAILED
        if failed:
            changes[result.test] = Change.STILL if had_failed else Change.NEW
        elif had_failed and result.outcome is Outcome.PASSED:
            changes[result.test] = Change.MENDED
    return changes
