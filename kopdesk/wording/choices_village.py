"""Words for the choices about existing shops and approvals."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kopdesk.domain import approval, competitor
from kopdesk.wording.catalogue import N_

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = MappingProxyType(
    {
        competitor.ShopOwner: {
            "resident": N_("Warga"),
            "small_business": N_("UMKM"),
            "village_company": N_("BUMDes"),
            "cooperative": N_("Koperasi lain"),
            "retail_chain": N_("Ritel modern"),
            "other": N_("Lainnya"),
        },
        competitor.ShopStatus: {
            "open": N_("Buka"),
            "closed": N_("Tutup"),
        },
        competitor.Commodity: {
            "grocery": N_("Sembako"),
            "lpg": N_("LPG"),
            "fertiliser": N_("Pupuk"),
            "pharmacy": N_("Obat"),
            "clinic": N_("Layanan kesehatan"),
            "savings_loan": N_("Simpan pinjam"),
            "cold_storage": N_("Penyimpanan dingin"),
            "logistics": N_("Logistik"),
            "agent": N_("Agen bank dan pembayaran"),
            "other": N_("Lainnya"),
        },
        competitor.Overlap: {
            "none": N_("Tidak ada"),
            "partly": N_("Sebagian"),
            "mostly": N_("Hampir semua"),
        },
        competitor.Mitigation: {
            "nothing": N_("Belum ada"),
            "supplies_us": N_("Memasok gerai"),
            "buys_from_us": N_("Kulakan di gerai"),
            "goods_shared_out": N_("Barang dibagi"),
            "other_hours": N_("Jam buka dibagi"),
            "other": N_("Cara lain"),
        },
        approval.ApprovingBody: {
            "village_meeting": N_("Musyawarah desa"),
            "village_head": N_("Kepala desa"),
            "district_head": N_("Bupati atau wali kota"),
            "member_meeting": N_("Rapat anggota"),
            "other": N_("Lainnya"),
        },
        approval.ApprovalDecision: {
            "approved": N_("Disetujui"),
            "with_conditions": N_("Disetujui dengan syarat"),
            "refused": N_("Ditolak"),
        },
    }
)
