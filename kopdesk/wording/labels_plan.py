"""Labels of the business plan."""

from collections.abc import Mapping
from types import MappingProxyType

from kopdesk.domain.plan import Drawdown, Expense, Fund, Investment, Loan, Plan, Scenario, Staff, Unit
from kopdesk.wording.catalogue import N_

LABELS: Mapping[type, Mapping[str, str]] = MappingProxyType(
    {
        Plan: {
            "state": N_("Status rencana"),
            "title": N_("Judul"),
            "starts_in": N_("Mulai bulan"),
            "months": N_("Lama rencana (bulan)"),
            "prepared_on": N_("Tanggal disusun"),
            "submitted_at": N_("Waktu diajukan"),
            "rule_pack": N_("Paket aturan"),
            "rule_pack_version": N_("Versi paket aturan"),
            "opening_cash": N_("Kas awal"),
            "discount_rate": N_("Tingkat diskonto"),
            "inflation": N_("Inflasi"),
            "tax_option": N_("Pilihan pajak"),
            "village_share": N_("Bagian untuk desa"),
            "sections": N_("Bagian naskah"),
            "opening": N_("Saldo awal"),
            "units": N_("Unit usaha"),
            "staff": N_("Karyawan"),
            "investments": N_("Belanja modal"),
            "expenses": N_("Belanja operasional"),
            "loans": N_("Pinjaman"),
            "funds": N_("Sumber dana"),
            "scenarios": N_("Skenario"),
        },
        Unit: {
            "name": N_("Nama unit"),
            "type": N_("Jenis unit"),
            "driver": N_("Penggerak pendapatan"),
            "outlet_id": N_("Gerai"),
            "starts_in": N_("Mulai bulan"),
            "member_share": N_("Bagian penjualan ke anggota"),
            "cost_share": N_("Bagian harga pokok"),
            "losses": N_("Susut"),
            "growth": N_("Pertumbuhan"),
            "stock_days": N_("Lama persediaan"),
            "receivable_days": N_("Lama piutang"),
            "payable_days": N_("Lama utang"),
            "source": N_("Dasar perkiraan"),
            "drivers": N_("Asumsi"),
            "seasons": N_("Musim"),
        },
        Staff: {
            "role": N_("Pekerjaan"),
            "unit": N_("Unit usaha"),
            "people": N_("Jumlah orang"),
            "monthly_pay": N_("Upah per bulan"),
            "starts_in": N_("Mulai bulan"),
        },
        Investment: {
            "text": N_("Uraian"),
            "unit": N_("Unit usaha"),
            "quantity": N_("Jumlah barang"),
            "unit_price": N_("Harga satuan"),
            "life_months": N_("Umur pakai"),
            "bought_in": N_("Dibeli bulan"),
            "loan": N_("Pinjaman"),
        },
        Expense: {
            "text": N_("Uraian"),
            "unit": N_("Unit usaha"),
            "account": N_("Akun"),
            "monthly_amount": N_("Jumlah per bulan"),
            "starts_in": N_("Mulai bulan"),
            "ends_in": N_("Sampai bulan"),
        },
        Loan: {
            "lender": N_("Pemberi pinjaman"),
            "scheme": N_("Skema"),
            "amount": N_("Jumlah pinjaman"),
            "annual_rate": N_("Bunga per tahun"),
            "tenor_months": N_("Jangka waktu pinjaman"),
            "grace_months": N_("Masa tenggang"),
            "grace": N_("Bunga selama masa tenggang"),
            "schedule": N_("Cara angsuran"),
            "instalment_day": N_("Tanggal angsuran"),
            "round_to": N_("Pembulatan angsuran"),
            "actual_365": N_("Hitung hari sebenarnya"),
            "drawdowns": N_("Pencairan"),
        },
        Drawdown: {
            "drawn_on": N_("Tanggal cair"),
            "amount": N_("Jumlah"),
            "condition": N_("Syarat pencairan"),
        },
        Fund: {
            "source": N_("Asal dana"),
            "text": N_("Uraian"),
            "amount": N_("Jumlah"),
            "received_in": N_("Diterima bulan"),
        },
        Scenario: {
            "name": N_("Nama skenario"),
            "sales_change": N_("Perubahan penjualan"),
            "cost_change": N_("Perubahan biaya"),
            "delay_months": N_("Penundaan"),
        },
    }
)

DRIVERS: Mapping[str, str] = MappingProxyType(
    {
        "customers": N_("pelanggan"),
        "frequency": N_("belanja sebulan"),
        "basket": N_("nilai sekali belanja"),
        "tonnes": N_("ton sebulan"),
        "cylinders": N_("tabung sebulan"),
        "price": N_("harga jual"),
        "margin": N_("untung per satuan"),
        "loans": N_("pinjaman anggota"),
        "monthly_rate": N_("jasa sebulan"),
        "transactions": N_("transaksi sebulan"),
        "fee": N_("imbalan"),
        "capacity": N_("kapasitas"),
        "occupancy": N_("terisi"),
        "quantity": N_("banyaknya"),
        "unit_cost": N_("biaya per satuan"),
    }
)
"""The assumptions of all drivers."""
