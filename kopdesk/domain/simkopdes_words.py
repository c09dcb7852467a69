"""The words SIMKOPDES and the monthly forms use for our choices; None marks words that are ours alone.

Where several of our words have one of theirs, the first stands for it when reading.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kopdesk.domain import (
    approval,
    asset,
    book_check,
    cash_count,
    competitor,
    conflict,
    cooperative,
    financing_request,
    finding,
    follow_up,
    legal_document,
    officer,
    outlet,
    partnership,
    place,
    plan,
    problem,
    remark,
    statement,
    visit,
    zones,
)


def _all(choices: type[StrEnum], *words: str | None) -> tuple[type[StrEnum], Mapping[str, str | None]]:
    """The words in the order in which the choices are declared."""
    return choices, MappingProxyType(dict(zip(choices, words, strict=True)))


def _ours(choices: type[StrEnum]) -> tuple[type[StrEnum], Mapping[str, str | None]]:
    return choices, MappingProxyType(dict.fromkeys(choices))


WORDS: Mapping[type[StrEnum], Mapping[str, str | None]] = MappingProxyType(
    dict(
        [
            _all(cooperative.Pattern, "Konvensional", "Syariah"),
            _all(cooperative.Form, "Primer", "Sekunder"),
            _all(cooperative.RegistrationType, "Baru", "Pengembangan", "Revitalisasi"),
            _all(cooperative.RegistrationStatus, "Approved"),
            _all(cooperative.LegalStage, "Registrasi", "Diproses Notaris", "Selesai"),
            _all(cooperative.FillingMethod, "Mandiri", "Dibantu Pendamping"),
            _ours(cooperative.Stage),
            _all(cooperative.Bank, "002", "008", "009", "451", "200", "LPDB", None),
            _ours(cooperative.AccountPurpose),
            _all(cooperative.AccountRequestStatus, "Requested", "Processed"),
            _all(officer.Body, "PENGURUS", "PENGAWAS"),
            _all(
                officer.Position,
                "KETUA",
                "WAKIL KETUA",
                "WAKIL KETUA",
                "WAKIL KETUA",
                "SEKRETARIS",
                "BENDAHARA",
                "ANGGOTA",
            ),
            _ours(officer.Gender),
            _all(
                officer.Education,
                "SD",
                None,
                "SMA",
                "Diploma 1",
                "Diploma 2",
                "Diploma 3",
                "S1",
                "S2",
                "S3",
                "SDTT",
                "Other",
            ),
            _all(officer.OfficerSource, "Pengesahan AHU", "Perubahan AHU", "ODS", "ODS Mandiri"),
            _all(
                outlet.OutletType,
                "Gerai Sembako (Embrio KopHub)",
                "Apotek Desa",
                "Gerai Kantor Koperasi",
                "Gerai Unit Usaha Simpan Pinjam (Embrio Kop Bank)",
                "Gerai Klinik Desa",
                "Gerai Cold Storage/Cold Chain",
                "Logistik (Distribusi)",
                "Usaha Lainnya",
            ),
            _all(outlet.OutletStatus, "Aktif", "Belum Aktif"),
            _all(outlet.Operation, "Belum ada", "Belum buka", "Operasional"),
            _all(outlet.Utilisation, "Pinjaman", "Sewa", "Bangun Serah Guna", "Milik Sendiri"),
            _all(outlet.Building, "Gedung KDKMP", None),
            _all(outlet.Construction, "Selesai", "Belum", "Tidak dibangun"),
            _all(
                outlet.FilledBy,
                "Kementerian Koperasi",
                "Pendamping Desa/BA/PMO",
                "Dinas Prov/Kab/Kota",
                "Penyuluh Perikanan KKP",
                "Pendamping Desa",
                "Satgas",
                "Penyuluh Pertanian",
            ),
            _all(place.Access, "Ada", "Tidak Ada"),
            _all(place.Signal, "Fiber", "Sinyal Kuat", "Sinyal Lemah", "Tidak Ada"),
            _all(place.WaterSource, "PAM", "Sumur", "Mata Air", "Tidak"),
            _all(place.PowerSource, "PLN", "Surya", "Diesel", "Tidak"),
            _all(
                place.Ownership,
                "Milik Sendiri",
                "Hibah",
                "BMDes",
                "BMD",
                "BMN",
                "Tanah Adat",
                "Lahan Milik Desa",
                "Lahan Milik Pemkab/Kota",
                "KUD",
            ),
            _all(place.RoadAccess, "Beraspal", "Beton", "Batu", "Tanah", "Belum Ada Akses Jalan"),
            _ours(asset.AssetKind),
            _all(
                asset.AssetStatus,
                "Perlu Verifikasi Lanjutan",
                "Sedang Diverifikasi",
                "Dipertimbangkan",
                "Terverifikasi",
                "Ditolak",
                "Tidak Ada Lahan",
            ),
            _all(
                legal_document.DocumentType,
                "Akta Pendirian",
                "Akta Perubahan",
                "Berita Negara",
                "NIB",
                "NPWP",
                "SK AHU",
                "SK AHU Perubahan",
                "BA Musdes",
                "BA Rapat Anggota",
                None,
                None,
                None,
                None,
            ),
            _all(partnership.PartnershipStatus, "Processed", "Verified", "Approved", "Rejected"),
            _all(partnership.PartnershipType, "Kemitraan", "Kemitraan dan Pembiayaan"),
            _all(partnership.PartnerKind, "BUMN", "Non BUMN"),
            _all(partnership.Progress, "Pengajuan", "Proses", "Perjanjian"),
            _all(
                partnership.Business,
                "Bisnis LPG 3kg",
                "Minyak Tanah",
                "Gerai Sembako",
                "Agen RPK",
                "Pengadaan Gabah",
                "Kios Pupuk",
                "Mitra penyalur Pupuk",
                "Agenpos",
                "Apotek Desa Merah Putih",
                "PLN Agen",
                "Agen BRILink",
                "BRImola",
                "Merchant by BRI",
                "Agen BNI46",
                "Mandiri Agen",
                "BSI Agen",
                "Bale Agen",
                None,
            ),
            _all(financing_request.FinancingStatus, "Draft", "Requested", "Verified", None, None),
            _all(financing_request.FundingSource, "LPDB", "HIMBARA", None),
            _all(zones.Zone, "WIB", "WITA", "WIT"),
            _all(finding.Weight, "Rendah", "Sedang", "Tinggi"),
            _all(problem.ProblemStatus, "To Do", None, None),
            *map(
                _ours,
                (
                    finding.Aspect,
                    visit.VisitState,
                    visit.Mode,
                    visit.PositionSource,
                    visit.Duty,
                    follow_up.FollowUpState,
                    remark.RemarkState,
                    conflict.Choice,
                    cash_count.NotCash,
                    cash_count.Direction,
                    book_check.BookCheckState,
                    book_check.Conclusion,
                    book_check.Quality,
                    book_check.Side,
                    book_check.ReconcilingKind,
                    book_check.Condition,
                    book_check.InstalmentPeriod,
                    statement.PeriodKind,
                    statement.Basis,
                    plan.PlanState,
                    plan.Driver,
                    plan.Schedule,
                    plan.Grace,
                    plan.FundSource,
                    outlet.Equipment,
                    competitor.ShopOwner,
                    competitor.ShopStatus,
                    competitor.Commodity,
                    competitor.Overlap,
                    competitor.Mitigation,
                    approval.ApprovingBody,
                    approval.ApprovalDecision,
                ),
            ),
        ]
    )
)

OUTLET_TYPE_IDS: Mapping[str, int] = MappingProxyType(
    {outlet_type: number for number, outlet_type in enumerate(outlet.OutletType, start=1)}
)
"""The ids of SIMKOPDES's master of outlet types, in the order of its own list."""


def word_of(choices: type[StrEnum], value: str) -> str | None:
    """SIMKOPDES's word for a choice, if it has one."""
    return WORDS[choices].get(value)


def choice_of(choices: type[StrEnum], word: str) -> str | None:
    """Our choice for a word of SIMKOPDES, whatever its case and spaces; None if it is a new word."""
    wanted = " ".join(word.split()).casefold()
    return next((c for c, known in WORDS[choices].items() if known and known.casefold() == wanted), None)
