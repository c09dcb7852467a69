"""A business plan as a file by its ending: a spreadsheet that computes, or JSON to upload."""

import json

from kopdesk.reports.plan_document import plan_document
from kopdesk.reports.plan_workbook import plan_workbook
from kopdesk.usecases.planning import PlanTold


def plan_file(told: PlanTold, ending: str) -> bytes:
    """`ending`: "xlsx" or "json"."""
    if ending == "json":
        return (json.dumps(plan_document(told), ensure_ascii=False, indent=2) + "\n").encode()
    return plan_workbook(told)
