"""report: a document as a file, PDF or spreadsheet or JSON by its ending."""

from argparse import Namespace
from pathlib import Path

from kopdesk.app import App
from kopdesk.cli.records import opened, shown_zone
from kopdesk.cli.terminal import Terminal, WrongUsage
from kopdesk.domain.zones import business_date
from kopdesk.reports.check_documents import page_facts, statement_content
from kopdesk.reports.minutes import minutes_facts, read_minutes
from kopdesk.reports.plan_files import plan_file
from kopdesk.reports.typesetting import typeset
from kopdesk.rules.current import Rules, current_rules
from kopdesk.storage.files import write_whole
from kopdesk.usecases.checking import told_check
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.planning import told_plan
from kopdesk.wording.sentences import sentence_for

ENDINGS = {
    "visit-minutes": (".pdf",),
    "cash-count": (".pdf",),
    "book-check": (".pdf",),
    "statement": (".xlsx", ".json"),
    "plan": (".xlsx", ".json"),
}


def report(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Says the name of the file once it is on the disk."""
    path: Path = arguments.out
    if path.suffix.lower() not in ENDINGS[arguments.name]:
        endings = ", ".join(ENDINGS[arguments.name])
        raise WrongUsage(f"Dokumen “{arguments.name}” disimpan sebagai {endings}.")
    rules = current_rules(app.rules)
    for fault in rules.faults:
        terminal.say(sentence_for(fault))
    with opened(app, arguments, terminal) as profile:
        content = _content(app, arguments, profile.desk, rules, terminal)
    write_whole(path, content)
    terminal.print_json({"report": arguments.name, "file": str(path), "bytes": len(content)})
    return 0


def _content(app: App, arguments: Namespace, desk: Desk, rules: Rules, terminal: Terminal) -> bytes:
    zone = shown_zone(app)
    if arguments.name == "visit-minutes":
        minutes = read_minutes(desk.database, arguments.id, assistant=desk.owner.name, zone=zone)
        return _page(app, arguments, "minutes", minutes_facts(minutes), terminal)
    today = business_date(app.now(), zone)
    if arguments.name == "plan":
        return plan_file(
            told_plan(desk, arguments.id, rules, today), arguments.out.suffix.lower().lstrip(".")
        )
    told = told_check(desk, arguments.id, rules, today)
    if arguments.name == "statement":
        return statement_content(desk, told, rules, arguments.out.suffix.lower().lstrip("."))
    template = arguments.name.replace("-", "_")
    facts = page_facts(template, told, rules, assistant=desk.owner.name, zone=zone, today=today)
    return _page(app, arguments, template, facts, terminal)


def _page(
    app: App, arguments: Namespace, template: str, facts: dict[str, object], terminal: Terminal
) -> bytes:
    document = typeset(
        template, facts, own_templates=app.templates, paper=arguments.paper, is_training=app.is_training
    )
    if document.fault is not None:
        terminal.say(sentence_for(document.fault))
    return document.pdf
