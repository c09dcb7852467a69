"""Words for the choices about visits, promises, problems, books, plans and who decides."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kopdesk.domain import (
    book_check,
    cash_count,
    conflict,
    finding,
    follow_up,
    loan_grades,
    plan,
    problem,
    remark,
    scenarios,
    statement,
    states,
    visit,
    zones,
)
from kopdesk.domain.book_tests import outcome, report
from kopdesk.wording.catalogue import N_

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = MappingProxyType(
    {
        zones.Zone: {
            "WIB": N_("WIB"),
            "WITA": N_("WITA"),
            "WIT": N_("WIT"),
        },
        finding.Aspect: {
            "legal": N_("Legalitas"),
            "organisation": N_("Organisasi"),
            "membership": N_("Keanggotaan"),
            "bookkeeping": N_("Pembukuan"),
            "cash": N_("Kas"),
            "outlet": N_("Gerai"),
            "stock": N_("Persediaan"),
            "plan": N_("Rencana usaha"),
            "partnership": N_("Kemitraan"),
            "simkopdes": N_("SIMKOPDES"),
            "building": N_("Bangunan"),
            "tax": N_("Pajak"),
            "other": N_("Lainnya"),
        },
        finding.Weight: {
            "low": N_("Rendah"),
            "medium": N_("Sedang"),
            "high": N_("Tinggi"),
        },
        visit.VisitState: {
            "draft": N_("Draf"),
            "sealed": N_("Dikunci"),
        },
        visit.Mode: {
            "field": N_("Di lapangan"),
            "office": N_("Di kantor"),
            "online": N_("Daring"),
            "phone": N_("Telepon"),
        },
        visit.PositionSource: {
            "gps": N_("GPS"),
            "photo": N_("Foto"),
            "manual": N_("Diisi sendiri"),
        },
        visit.Duty: {
            "outlet_preparation": N_("Persiapan gerai"),
            "plans": N_("Penyusunan rencana usaha"),
            "outlet_governance": N_("Tata kelola gerai"),
            "simkopdes_update": N_("Pemutakhiran SIMKOPDES"),
            "partnerships": N_("Fasilitasi kemitraan"),
        },
        follow_up.FollowUpState: {
            "open": N_("Terbuka"),
            "done": N_("Ditepati"),
            "dropped": N_("Dibatalkan"),
        },
        problem.ProblemStatus: {
            "to_do": N_("Belum dikerjakan"),
            "in_progress": N_("Sedang dikerjakan"),
            "solved": N_("Teratasi"),
        },
        remark.RemarkState: {
            "open": N_("Terbuka"),
            "answered": N_("Dijawab"),
            "resolved": N_("Diselesaikan"),
        },
        conflict.Choice: {
            "kept": N_("Nilai yang berlaku"),
            "offered": N_("Nilai yang ditawarkan"),
            "value": N_("Nilai lain"),
        },
        cash_count.NotCash: {
            "iou": N_("Bon sementara"),
            "postdated_cheque": N_("Cek mundur"),
            "cheque": N_("Cek"),
            "stamp": N_("Meterai"),
            "revoked_money": N_("Uang yang sudah ditarik"),
            "other": N_("Lainnya"),
        },
        cash_count.Direction: {
            "in": N_("Masuk"),
            "out": N_("Keluar"),
        },
        book_check.BookCheckState: {
            "draft": N_("Draf"),
            "concluded": N_("Selesai diperiksa"),
        },
        outcome.Outcome: {
            "passed": N_("Cocok"),
            "failed": N_("Tidak cocok"),
            "not_testable": N_("Belum dapat diuji"),
        },
        outcome.BookTest: {
            "position": N_("Aset = kewajiban + ekuitas"),
            "trial_balance": N_("Neraca saldo seimbang"),
            "cash_book": N_("Buku kas = neraca saldo = laporan"),
            "cash_count": N_("Uang kas = buku"),
            "bank": N_("Rekening bank = buku"),
            "savings": N_("Kartu simpanan = akun simpanan"),
            "loans": N_("Kartu pinjaman = akun piutang"),
            "stock": N_("Barang dihitung = kartu = akun persediaan"),
            "result": N_("SHU kedua laporan sama; arus kas = perubahan kas"),
            "opening": N_("Saldo awal = saldo akhir periode lalu"),
            "revenue": N_("Penjualan = omzet yang dilaporkan untuk pajak"),
            "members": N_("Buku anggota = SIMKOPDES = dasar kuorum"),
        },
        report.Change: {
            "new": N_("Baru"),
            "mended": N_("Sudah dibenahi"),
            "still": N_("Masih sama"),
        },
        loan_grades.Grade: {
            "current": N_("Lancar"),
            "substandard": N_("Kurang lancar"),
            "doubtful": N_("Diragukan"),
            "bad": N_("Macet"),
        },
        book_check.Conclusion: {
            "orderly": N_("Tertib"),
            "needs_mending": N_("Perlu dibenahi"),
            "absent": N_("Tidak ada pembukuan"),
        },
        book_check.Quality: {
            "good": N_("Baik"),
            "fair": N_("Cukup"),
            "poor": N_("Kurang"),
        },
        book_check.Side: {
            "bank": N_("Saldo bank"),
            "book": N_("Saldo buku"),
        },
        book_check.ReconcilingKind: {
            "deposit_in_transit": N_("Setoran dalam perjalanan"),
            "outstanding_cheque": N_("Cek belum dicairkan"),
            "incoming_transfer": N_("Transfer masuk"),
            "interest": N_("Bunga bank"),
            "fee": N_("Biaya bank"),
            "interest_tax": N_("Pajak bunga"),
            "error": N_("Salah catat"),
        },
        book_check.Condition: {
            "good": N_("Baik"),
            "damaged": N_("Rusak"),
            "expired": N_("Sudah kedaluwarsa"),
        },
        book_check.InstalmentPeriod: {
            "under_a_month": N_("Kurang dari sebulan"),
            "one_to_three_months": N_("1–3 bulan"),
            "six_months_or_more": N_("6 bulan atau lebih"),
            "at_maturity": N_("Saat jatuh tempo"),
        },
        statement.PeriodKind: {
            "month": N_("Bulanan"),
            "quarter": N_("Triwulanan"),
            "year": N_("Tahunan"),
            "year_to_date": N_("Sejak awal tahun"),
        },
        statement.Basis: {
            "sak": N_("SAK"),
            "sak_ep": N_("SAK EP"),
            "sak_emkm": N_("SAK EMKM"),
        },
        plan.PlanState: {
            "draft": N_("Draf"),
            "submitted": N_("Diajukan"),
            "in_review": N_("Sedang ditinjau"),
            "returned": N_("Dikembalikan"),
            "approved": N_("Disetujui"),
        },
        scenarios.Usual: {
            "base": N_("Seperti direncanakan"),
            "fewer_sales": N_("Penjualan turun 20 %"),
            "dearer_goods": N_("Harga pokok naik 2 poin"),
            "late_start": N_("Mulai terlambat dua bulan"),
        },
        plan.Driver: {
            "customers": N_("Pelanggan"),
            "tonnes": N_("Ton"),
            "cylinders": N_("Tabung"),
            "loan_book": N_("Pinjaman beredar"),
            "transactions": N_("Transaksi"),
            "storage": N_("Penyimpanan"),
            "local": N_("Usaha khas desa"),
        },
        plan.Schedule: {
            "flat": N_("Flat"),
            "annuity": N_("Anuitas"),
            "sliding": N_("Menurun"),
        },
        plan.Grace: {
            "interest_only": N_("Hanya bunga"),
            "capitalised": N_("Bunga ditambahkan ke pokok"),
        },
        plan.TaxOption: {
            "final": N_("PPh final, lalu badan"),
            "corporate": N_("PPh badan"),
            "none": N_("Tidak dihitung"),
        },
        plan.FundSource: {
            "savings": N_("Simpanan"),
            "grant": N_("Hibah"),
            "investor": N_("Investor"),
            "partner": N_("Mitra"),
            "government": N_("Pemerintah"),
            "other": N_("Lainnya"),
        },
        states.Role: {
            "assistant": N_("Asisten bisnis"),
            "pmo": N_("PMO"),
            "dinas": N_("Dinas"),
            "operator": N_("Pengelola pusat"),
        },
    }
)
