"""A financing pack that is misread would be believed: what does not fit is refused by name."""

from pathlib import Path

import pytest

from kopdesk.rules.current import current_rules
from kopdesk.rules.financing import financing
from kopdesk.rules.packs import RuleFault

GOOD = """
pack = "financing"
version = "1"
[sources]
A = "https://example.org"
[[schemes]]
key = "lokal"
name = "Kredit Lokal"
ceiling = 5
status = "sure"
sources = ["A"]
[[ranges]]
unit = "lpg"
figure = "margin"
least = 1
most = 2
status = "one"
sources = ["A"]
"""


def test_ones_own_pack_replaces_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "financing.toml").write_text(GOOD, encoding="utf-8")
    rules = current_rules(tmp_path)
    assert [one.name for one in rules.schemes] == ["Kredit Lokal"]
    assert (rules.financing_version, rules.faults) == ("financing 1", ())


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("most = 2", "most = 0", "lpg margin"),
        ('figure = "margin"', 'figure = "laba"', "lpg laba"),
        ('sources = ["A"]\n[[ranges]]', 'sources = ["B"]\n[[ranges]]', "lokal"),
        ("ceiling = 5", "ceiling = 5\nplafon = 6", "plafon"),
    ],
)
def test_a_pack_that_does_not_fit_is_refused_with_the_place(
    tmp_path: Path, old: str, new: str, named: str
) -> None:
    path = tmp_path / "financing.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleFault) as refused:
        financing(path)
    assert named in refused.value.told
