"""Findings that a check proposes: what was found, what may be the cause, what should be done about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from kopdesk.domain.book_check import BookCheck
from kopdesk.domain.book_tests.causes import Cause, Slip
from kopdesk.domain.book_tests.proposals import Proposal
from kopdesk.domain.chart import Chart
from kopdesk.domain.loan_grades import Grade
from kopdesk.domain.values import Value
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.checking import case_text, case_title, difference_text, subject_name
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import date_text
from kopdesk.wording.figures import rupiah, scaled
from kopdesk.wording.labels import lowered


@dataclass(frozen=True, slots=True)
class ProposalText:
    """Each a sentence or more; `cause` is empty where nothing points to one.

    `promise`: what is wrong and what is done about it, to be read by itself in a list of promises.
    """

    finding: str
    cause: str
    recommendation: str
    promise: str


@dataclass(frozen=True, slots=True)
class Names:
    """What rows and books are called in this check. `books`: by their code in the rule pack."""

    check: BookCheck
    chart: Chart
    books: Mapping[str, str]
    is_syariah: bool = False

    def of(self, subject: str) -> str:
        """The name of the row at that path."""
        group, _slash, key = subject.partition("/")
        if group == "books":
            return self.books.get(key, key.replace("_", " "))
        return subject_name(self.check, self.chart, subject, is_syariah=self.is_syariah)


_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "position": N_("Cocokkan tiap pos dengan buku besar sampai kedua sisi neraca sama."),
        "stated": N_("Jumlahkan ulang laporan keuangan dan perbaiki jumlah yang tertulis."),
        "trial_balance": N_("Cocokkan tiap akun dengan buku besar sampai debit dan kredit sama."),
        "opening_balance": N_("Cocokkan saldo awal dengan neraca saldo akhir tahun lalu."),
        "running": N_("Jumlahkan ulang buku kas baris demi baris dan betulkan baris yang keliru."),
        "cash_ledger": N_("Samakan akun kas dengan buku kas; catat bukti yang belum masuk jurnal."),
        "cash_statement": N_("Samakan kas di laporan keuangan dengan buku kas."),
        "till": N_("Cari bukti yang belum dibukukan; selebihnya diganti atau dicatat sebagai selisih kas."),
        "account": N_("Minta rekening koran dan cari transaksi yang belum ada di buku bank."),
        "bank_ledger": N_("Samakan akun bank dengan buku bank."),
        "saving_kind": N_("Jumlahkan semua kartu simpanan dan cari setoran yang belum dibukukan."),
        "all_savings": N_("Jumlahkan semua kartu simpanan per jenis dan cari setoran yang belum dibukukan."),
        "saver": N_("Samakan kartu simpanan dengan buku simpanan di hadapan anggotanya."),
        "all_loans": N_("Jumlahkan sisa pinjaman semua kartu dan cari angsuran yang belum dibukukan."),
        "borrower": N_("Samakan kartu pinjaman dengan buku pinjaman di hadapan peminjam."),
        "article": N_("Hitung ulang, perbaiki kartu stok, dan catat kehilangannya dalam berita acara."),
        "cylinders": N_("Cari tabung yang belum kembali dan catat peminjamnya."),
        "stock_ledger": N_("Samakan akun persediaan dengan hasil hitung barang."),
        "result": N_("Samakan SHU di posisi keuangan dengan hasil usaha."),
        "cash_flow": N_("Susun ulang arus kas sampai sama dengan perubahan kas."),
        "cash_end": N_("Samakan kas akhir di arus kas dengan posisi keuangan."),
        "opening_position": N_("Samakan saldo awal dengan laporan periode lalu, atau jelaskan perubahannya."),
        "opening_account": N_("Samakan saldo awal akun dengan saldo akhir bulan lalu."),
        "revenue": N_("Cocokkan omzet pajak dengan buku penjualan; bila kurang, betulkan laporannya."),
        "members_online": N_("Perbarui daftar anggota di SIMKOPDES supaya sama dengan buku anggota."),
        "members_quorum": N_("Hitung kuorum dari jumlah anggota menurut buku anggota."),
        "book_missing": N_("Siapkan bukunya dan isi mulai hari ini."),
        "book_late": N_("Isi bukunya sampai hari ini, lalu setiap kali ada kejadian."),
        "book_poor": N_("Rapikan pengisian: satu baris satu kejadian, tanpa tipp-ex, dengan nomor bukti."),
        "cash_over_limit": N_("Setorkan kelebihan kas ke bank."),
        "not_cash_in_till": N_("Selesaikan bon dan barang lain di laci; catat pinjaman kas sebagai piutang."),
        "vouchers_unbooked": N_("Bukukan semua bukti kas pada hari terjadinya."),
        "cash_not_returned": N_("Kembalikan uang kas kepada pemegangnya dan tanda tangani pernyataannya."),
        "bank_item_old": N_("Tanyakan ke bank, lalu bukukan atau batalkan."),
        "stock_expired": N_("Pisahkan, catat kerugiannya, dan musnahkan dengan berita acara."),
        "stock_damaged": N_("Pisahkan barang rusak dan catat kerugiannya."),
        "saver_denies": N_("Temui anggotanya bersama pengawas dan periksa bukti setorannya."),
        "borrower_denies": N_("Temui peminjamnya bersama pengawas dan periksa bukti angsurannya."),
        "loan_without_agreement": N_("Buat perjanjian pinjaman tertulis dan mintakan tanda tangan."),
        "loan_grade": N_("Temui peminjam, sepakati jadwal pembayaran, dan catat kesanggupannya."),
        "state_building": N_("Keluarkan gedung itu dari aset koperasi; pemiliknya desa atau pemda."),
        "state_building_asked": N_("Pastikan gedung milik desa atau pemda tidak masuk akun bangunan."),
    }
)  # fmt: skip


def proposal_text(proposal: Proposal, names: Names) -> ProposalText:
    """In the words of the minutes."""
    rule = proposal.rule.rpartition("/")[2]
    finding, advice = _finding(proposal, names, rule), _(_ADVICE[rule]) if rule in _ADVICE else ""
    return ProposalText(
        finding=finding,
        cause=" ".join(_cause(cause, names) for cause in proposal.causes),
        recommendation=advice,
        promise=f"{_in_short(proposal, names, finding)}: {lowered(advice)}" if advice else finding,
    )


def _in_short(proposal: Proposal, names: Names, finding: str) -> str:
    """Kas gerai, kurang Rp45.000"""
    if proposal.case is None:
        return finding.rstrip(".")
    subject = names.of(proposal.subject) if proposal.subject else ""
    return f"{case_title(proposal.case, subject)}, {difference_text(proposal.case)}"


def _finding(proposal: Proposal, names: Names, rule: str) -> str:
    subject = names.of(proposal.subject) if proposal.subject else ""
    if proposal.case is not None:
        text = case_text(proposal.case, subject)
        return f"{text}."
    return _kept_text(rule, subject, proposal.facts)


def _kept_text(rule: str, subject: str, facts: Mapping[str, Value]) -> str:
    said = {name: _fact(name, value) for name, value in facts.items()}
    pattern = _PATTERNS.get(rule, N_("{subject} perlu dilihat."))
    if rule == "book_late" and not facts.get("last_entry_on"):
        pattern = N_("{subject} belum terisi sampai hari ini.")
    return _(pattern).format(subject=subject, **said)


_PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        "book_missing": N_("{subject} tidak ada."),
        "book_late": N_("{subject} terakhir diisi {last_entry_on}."),
        "book_poor": N_("{subject} diisi dengan kurang rapi."),
        "cash_over_limit": N_("{subject}: uang di laci {counted}, batas kas {limit}."),
        "not_cash_in_till": N_("{subject}: di laci ada bon atau barang lain senilai {listed}, bukan uang."),
        "vouchers_unbooked": N_("{subject}: bukti kas {amount} belum dibukukan."),
        "cash_not_returned": N_("{subject}: uang yang dihitung belum diserahkan kembali."),
        "bank_item_old": N_("{subject}: {text} {amount} dari {dated_on} masih menggantung."),
        "stock_expired": N_("{name}: {pieces} {unit} sudah kedaluwarsa."),
        "stock_damaged": N_("{name}: {pieces} {unit} rusak."),
        "saver_denies": N_("{name} tidak membenarkan catatan simpanannya."),
        "borrower_denies": N_("{name} tidak membenarkan catatan pinjamannya."),
        "loan_without_agreement": N_("Perjanjian pinjaman {name} tidak dapat ditunjukkan."),
        "loan_grade": N_("Pinjaman {name}, sisa {balance}, {grade}."),
        "state_building": N_("Gedung yang dibangun lewat Inpres 17/2025 dicatat sebagai aset koperasi."),
        "state_building_asked": N_("Akun bangunan berisi {amount}; gedungnya milik desa atau pemda."),
    }
)  # fmt: skip

_MONEY = frozenset({"counted", "limit", "listed", "amount", "balance"})


def _fact(name: str, value: Value) -> str:
    if value is None:
        return {"name": _("Tanpa nama"), "text": _("penyesuaian")}.get(name, "")
    if name in _MONEY and isinstance(value, int):
        return rupiah(abs(value))
    if name in ("last_entry_on", "dated_on"):
        return date_text(date.fromisoformat(str(value)))
    if name == "pieces" and isinstance(value, int):
        return scaled(value, 3)
    if name == "grade":
        return lowered(choice_label(Grade, str(value)))
    return str(value)


_SLIPS: Mapping[Slip, str] = MappingProxyType(
    {
        Slip.OMITTED: N_("Selisihnya sama dengan {what}: mungkin hanya tercatat di satu sisi."),
        Slip.WRONG_SIDE: N_("Selisihnya dua kali {what}: mungkin tercatat di sisi yang keliru."),
        Slip.SWAPPED_DIGITS: N_(
            "{what} tertulis {written}; kalau {meant}, cocok: mungkin dua angka tertukar."
        ),
        Slip.ZERO_SLIPPED: N_("{what} tertulis {written}; kalau {meant}, cocok: mungkin salah satu nol."),
    }
)


def _cause(cause: Cause, names: Names) -> str:
    what = names.of("/".join(cause.path.split("/")[:2]))
    inner = cause.path.split("/")
    if len(inner) >= 4 and inner[0] == "cash":
        row = getattr(names.check.cash[inner[1]], inner[2]).get(inner[3])
        what = (row.text if row is not None else "") or _("bukti di laci")
    return _(_SLIPS[cause.slip]).format(what=what, written=rupiah(cause.written), meant=rupiah(cause.meant))
