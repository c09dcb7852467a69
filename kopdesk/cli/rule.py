"""One rule of calc: what goes in, how it is computed, an example to begin with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """`form` names what goes in, `compute` makes of it what comes out on a day."""

    told: str
    form: type
    compute: Callable[[Any, date], Mapping[str, object]]
    example: Mapping[str, object]
