"""kopdesk plan: every computed figure, and first whether the instalment can be earned."""

import json
from pathlib import Path

from tests.cli.conftest import Village
from tests.support.recalculating import cells_of

HEAVY = {
    "title": "Rencana gerai",
    "starts_in": "2027-01",
    "opening_cash": 10_000_000,
    "discount_rate": 1_000,
    "units": {
        "lpg": {
            "name": "LPG 3 kg",
            "driver": "cylinders",
            "drivers": {"cylinders": 1_000, "margin": 2_500, "price": 20_000},
        }
    },
    "staff": {"a": {"people": 1, "monthly_pay": 1_400_000}},
    "loans": {
        "utama": {
            "lender": "Bank desa",
            "amount": 60_000_000,
            "annual_rate": 600,
            "tenor_months": 60,
            "schedule": "flat",
        }
    },
    "investments": {
        "kios": {"quantity": 1, "unit_price": 50_000_000, "life_months": 120, "loan": "utama"},
    },
    "scenarios": {
        "ramai": {"name": "Pasar ramai", "sales_change": 3_000},
        "turun": {"name": "Turun seperlima", "sales_change": -2_000},
    },
}


def test_an_instalment_above_what_is_earned_is_told_first_with_what_mends_it(village: Village) -> None:
    siti = village.desk()
    made = siti.put("plan", cooperative_id=str(village.cooperative), **HEAVY)["id"]
    told = siti.run("plan", made)
    lines = [line.strip() for line in told.out.splitlines()]
    assert lines[1] == "Seperti direncanakan: TIDAK bertahan"
    assert lines[2] == (
        "Angsuran terberat Rp1.300.000 sebulan (tahun ke-1), usaha hanya menghasilkan Rp1.000.000:"
        " kurang Rp300.000."
    )
    mends = lines[lines.index("Satu ini saja diubah, rencana bertahan:") + 1 :]
    assert mends[0].startswith("LPG 3 kg › asumsi › untung per satuan: harus naik 12 %")
    assert any(line.startswith("Pinjaman › jumlah pinjaman (Bank desa): harus turun") for line in mends)
    assert "cylinders" not in told.out


def test_after_the_loan_is_made_smaller_the_plan_holds_in_the_same_figures(village: Village) -> None:
    siti = village.desk()
    made = siti.put("plan", cooperative_id=str(village.cooperative), **HEAVY)["id"]
    document = siti.run("plan", made, "--json").json
    assert [one["key"] for one in document["scenarios"]] == [
        "base",
        "fewer_sales",
        "dearer_goods",
        "late_start",
        "ramai",
    ]
    base = document["scenarios"][0]
    assert base["measures"]["load"] == {
        "year": 1, "instalment": 1_300_000, "earned": 1_000_000, "gap": 300_000,
    }  # fmt: skip
    assert base["measures"]["holds"] is False
    assert len(base["months"]) == 60
    assert {one["imbalance"] for one in base["months"]} == {0}
    assert [one["principal"] for one in base["years"]] == [12_000_000] * 5
    assert base["years"][4]["cash"] == base["months"][59]["cash"]

    smaller = {**HEAVY["loans"]["utama"], "amount": 45_000_000}  # type: ignore[index]
    siti.put("plan", id=made, loans={"utama": smaller})
    changed = siti.run("plan", made, "--json").json["scenarios"][0]["measures"]
    assert changed["load"]["instalment"] == 975_000
    assert changed["holds"] is True


def test_a_scheme_that_is_over_and_a_margin_unlike_others_are_told(village: Village) -> None:
    siti = village.desk()
    old = {**HEAVY["loans"]["utama"], "scheme": "PMK 49/2025"}  # type: ignore[index]
    gas = {
        "name": "LPG 3 kg",
        "type": "lpg",
        "driver": "cylinders",
        "drivers": {"cylinders": 700, "margin": 4_000},
    }
    changed = {**HEAVY, "prepared_on": "2026-11-20", "loans": {"utama": old}, "units": {"lpg": gas}}
    made = siti.put("plan", cooperative_id=str(village.cooperative), **changed)["id"]
    told = [line[2:] for line in siti.run("plan", made).out.splitlines() if line.startswith("! ")]
    assert told[0] == (
        "Pinjaman › skema (Bank desa): PMK 49/2025 tidak berlaku lagi, kira-kira sesudah 30 Nov 2025;"
        " sumber tidak sepakat."
    )
    assert told[1] == "Pinjaman › masa tenggang (Bank desa): 0 bulan; PMK 49/2025 6 – 8 bulan."
    assert told[2].startswith(
        "LPG 3 kg › asumsi › untung per satuan: 4.000; di tempat lain 2.000 sampai 3.000 (https://"
    )
    document = siti.run("plan", made, "--json").json
    assert [one["warning"] for one in document["warnings"]] == [
        "scheme_over",
        "grace_outside",
        "outside_range",
        "registration_unknown",
        "final_tax_ends",
        "village_share_low",
    ]
    assert document["rules"].startswith("financing ")


def test_the_tax_that_is_counted_is_told_with_its_years_and_its_rules(village: Village) -> None:
    siti = village.desk()
    made = siti.put("plan", cooperative_id=str(village.cooperative), **HEAVY)["id"]
    siti.put("cooperative", id=str(village.cooperative), decree_on="2025-06-20")
    lines = siti.run("plan", made).out.splitlines()
    assert (
        "Pajak yang dihitung: PPh final 0,5 % dari omzet, 2027–2028;"
        " PPh badan 22 % dari hasil setahun dengan potongan pasal 31E, 2029–2031."
    ) in lines
    assert (
        "! PPh final hanya sampai tahun pajak 2028; sejak 2029 dihitung PPh badan."
        " Perpanjangan sampai 2029 diumumkan, penetapannya belum ditemukan."
    ) in lines
    document = siti.run("plan", made, "--json").json
    assert document["tax_is_counted"] is True
    assert document["taxes"]["option"] == "final"
    assert "; taxes " in document["taxes"]["rules"]
    assert document["taxes"]["registered_in"] == 2025
    assert document["taxes"]["years"][0] == {
        "year": 2027, "counted": "final", "turnover": 240_000_000, "income_before_tax": 4_600_000,
        "tax": 1_200_000,
    }  # fmt: skip
    siti.put("plan", id=made, tax_option="none")
    spared = siti.run("plan", made, "--json").json
    assert (spared["tax_is_counted"], spared["taxes"]["years"]) == (False, [])
    assert spared["scenarios"][0]["measures"]["load"]["gap"] == 200_000


def test_a_plan_is_put_out_with_the_figures_of_the_command(village: Village, tmp_path: Path) -> None:
    siti = village.desk()
    made = siti.put("plan", cooperative_id=str(village.cooperative), **HEAVY)["id"]
    base = siti.run("plan", made, "--json").json["scenarios"][0]
    for ending in ("xlsx", "json"):
        assert siti.run("report", "plan", made, "--out", str(tmp_path / f"r.{ending}")).code == 0
    document = json.loads((tmp_path / "r.json").read_text())
    assert document["kelayakan"]["npv"] == base["measures"]["npv"]
    assert document["kelayakan"]["bertahan"] is False
    assert [one["shu"] for one in document["proyeksi_pendapatan"]] == [one["result"] for one in base["years"]]
    (loan,) = document["loan_applications"]
    assert (loan["loan_amount"], loan["tenor"], loan["funding_partner"]) == (60_000_000, 60, "Bank desa")
    cells = cells_of((tmp_path / "r.xlsx").read_bytes())
    (cash,) = [row for row in cells["Bulanan"] if row[0] == "Kas"]
    assert cash[2:] == [float(one["cash"]) for one in base["months"]]
    refused = siti.run("report", "plan", made, "--out", str(tmp_path / "r.pdf"))
    assert refused.code == 2
    assert not (tmp_path / "r.pdf").exists()


def test_what_a_plan_lacks_is_told_by_its_place(village: Village) -> None:
    siti = village.desk()
    made = siti.put("plan", cooperative_id=str(village.cooperative), title="Belum jadi")["id"]
    ran = siti.run("plan", made)
    assert ran.code == 1
    assert "Mulai bulan" in ran.sentence


def test_a_plan_there_is_not_is_told_in_a_sentence(village: Village) -> None:
    ran = village.desk().run("plan", "00000000-0000-7000-8000-000000000001")
    assert ran.code == 1
    assert ran.sentence
