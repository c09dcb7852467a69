"""check: the twelve tests of a bookkeeping check, as sentences or as JSON."""

from argparse import Namespace
from collections.abc import Mapping

from kopdesk.app import App
from kopdesk.cli.records import opened, shown_zone
from kopdesk.cli.terminal import Terminal
from kopdesk.domain.book_tests.outcome import Case, TestResult
from kopdesk.domain.book_tests.proposals import Proposal
from kopdesk.domain.book_tests.report import CheckReport
from kopdesk.domain.loan_grades import ProblemLoans
from kopdesk.domain.zones import business_date
from kopdesk.rules.current import Rules, current_rules
from kopdesk.usecases.checking import CheckTold, told_check
from kopdesk.wording.checking import result_lines, subjects_of
from kopdesk.wording.choices import choice_label
from kopdesk.wording.proposed import Names, proposal_text
from kopdesk.wording.sentences import sentence_for


def tell(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Passed, failed with the exact difference, or not testable with the reason."""
    rules = current_rules(app.rules)
    for fault in rules.faults:
        terminal.say(sentence_for(fault))
    with opened(app, arguments, terminal) as profile:
        told = told_check(profile.desk, arguments.id, rules, business_date(app.now(), shown_zone(app)))
    if arguments.json:
        terminal.print_json(document_of(told, rules))
        return 0
    subjects = subjects_of(told.check, rules.chart, told.report.results, is_syariah=told.is_syariah)
    for result in told.report.results:
        outcome = choice_label(type(result.outcome), result.outcome)
        title = choice_label(type(result.test), result.test)
        terminal.print_line(f"{result.test.number:2} {title}: {outcome}")
        for line in result_lines(result, subjects):
            terminal.print_line(f"     {line}")
    return 0


def document_of(told: CheckTold, rules: Rules) -> Mapping[str, object]:
    """Everything a check comes to; differences in whole rupiah, people or cylinders."""
    report = told.report
    return {
        "id": str(told.check.id),
        "cooperative_id": str(told.cooperative_id),
        "period": told.check.period,
        "rules": rules.version,
        "tests": [_test(report, result) for result in report.results],
        "proposals": [_proposal(told, rules, one) for one in report.proposals],
        "problem_loans": _loans(report.loans) if report.loans else None,
    }


def _test(report: CheckReport, result: TestResult) -> Mapping[str, object]:
    change = report.changes.get(result.test)
    return {
        "number": result.test.number,
        "test": result.test.value,
        "outcome": result.outcome.value,
        "change": change.value if change else None,
        "cases": [_case(case) for case in result.cases],
    }


def _case(case: Case) -> Mapping[str, object]:
    return {
        "case": case.name,
        "outcome": case.outcome.value,
        "subject": case.subject or None,
        "difference": case.difference,
        "unit": case.unit.value,
        "reason": case.reason or None,
        "figures": [
            {
                "name": figure.name,
                "amount": figure.amount,
                "source": figure.source.value,
                "path": figure.path or None,
                "as_of": figure.as_of.isoformat() if figure.as_of else None,
            }
            for figure in case.figures
        ],
    }


def _proposal(told: CheckTold, rules: Rules, proposal: Proposal) -> Mapping[str, object]:
    names = Names(
        told.check, rules.chart, {book.code: book.name for book in rules.books.books}, told.is_syariah
    )
    text = proposal_text(proposal, names)
    return {
        "key": proposal.key,
        "rule": proposal.rule,
        "subject": proposal.subject or None,
        "aspect": proposal.aspect.value,
        "weight": proposal.weight.value,
        "finding": text.finding,
        "cause": text.cause or None,
        "recommendation": text.recommendation,
        "is_finding": proposal.key in told.check.findings,
    }


def _loans(loans: ProblemLoans) -> Mapping[str, object]:
    """Shares as exact fractions, "7/20"."""
    return {
        "balances": {grade.value: amount for grade, amount in loans.balances.items()},
        "ungraded": loans.ungraded,
        "plain": str(loans.plain) if loans.plain is not None else None,
        "weighted": str(loans.weighted) if loans.weighted is not None else None,
    }
