"""The figures of the plan that is open, computed beside the window: the newest ones count, older answers are
dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.plan import Plan
from kopdesk.rules.current import Rules
from kopdesk.ui.session import Session
from kopdesk.usecases.planning import PlanTold, computed_plan


class Counting(QObject):
    """`told` comes at once without what breaks the plan first, and again with it; `lacking`: it cannot be
    computed, and why.
    """

    told = Signal(object)
    lacking = Signal(object)

    def __init__(self, session: Session, rules: Rules, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._rules = session, rules
        self._plan: Plan | None = None
        self._registered: int | None = None
        self._number = 0

    def count(self, plan: Plan, cooperative: str, registered: int | None) -> None:
        """Anew, unless nothing has changed. `registered`: the year since which it is a taxpayer."""
        if (plan, registered) == (self._plan, self._registered):
            return
        self._plan, self._registered = plan, registered
        self._number += 1
        number, today = self._number, self._session.today

        def still_wanted(with_breaking: bool) -> PlanTold | None:
            if number != self._number:  # something newer waits already
                return None
            return computed_plan(
                plan,
                cooperative,
                self._rules,
                today,
                registered_in=registered,
                with_breaking=with_breaking,
            )

        for with_breaking in (False, True):
            self._run(number, partial(still_wanted, with_breaking))

    def _run(self, number: int, task: Callable[[], PlanTold | None]) -> None:
        self._session.counting.run(
            task, partial(self._on_told, number), partial(self._on_lacking, number), owner=self
        )

    def _on_told(self, number: int, found: PlanTold | None) -> None:
        if found is not None and number == self._number:
            self.told.emit(found)

    def _on_lacking(self, number: int, error: Exception) -> None:
        if number == self._number and isinstance(error, InvalidField):
            self.lacking.emit(error)
