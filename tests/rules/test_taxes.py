"""A tax pack that is misread would be believed: what does not fit is refused by name."""

from pathlib import Path

import pytest

from kopdesk.rules.current import current_rules
from kopdesk.rules.packs import RuleFault, pack_path
from kopdesk.rules.taxes import PACK, taxes

SHIPPED = pack_path(PACK).read_text(encoding="utf-8")


def test_ones_own_pack_replaces_the_shipped_one(tmp_path: Path) -> None:
    """Who knows that the extension is enacted writes it down."""
    own = SHIPPED.replace("years = 4\n", "years = 4\nuntil_year = 2029\n")
    (tmp_path / "taxes.toml").write_text(own, encoding="utf-8")
    rules = current_rules(tmp_path)
    assert rules.taxes.taxes.last_final_year(2025) == 2029
    assert taxes().taxes.last_final_year(2025) == 2028
    assert rules.faults == ()


def test_one_that_does_not_fit_is_told_and_the_shipped_one_counts(tmp_path: Path) -> None:
    (tmp_path / "taxes.toml").write_text(SHIPPED.replace("rate = 50\n", 'rate = "x"\n'), encoding="utf-8")
    rules = current_rules(tmp_path)
    assert [fault.path.name for fault in rules.faults] == ["taxes.toml"]
    assert rules.taxes == taxes()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("rate = 50\n", "rate = 10_001\n", "final: rate"),
        ("reduction = 5_000", "reduction = -1", "corporate: reduction"),
        ("reduction_limit = 50_000_000_000", "reduction_limit = 5", "corporate: reduction_limit"),
        ("paid_after_months = 4", "paid_after_months = 12", "paid_after_months"),
        ("least = 2_000", "least = 20_000", "permendesa_10_2025"),
        ('sources = ["T2", "T4", "T5"]', 'sources = ["T9"]', "final: T9"),
        ("years = 4", "years = 4\ntahun = 4", "tahun"),
    ],
)
def test_a_pack_that_does_not_fit_is_refused_with_the_place(
    tmp_path: Path, old: str, new: str, named: str
) -> None:
    path = tmp_path / "taxes.toml"
    path.write_text(SHIPPED.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleFault) as refused:
        taxes(path)
    assert named in refused.value.told
