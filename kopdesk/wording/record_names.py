"""What people call the types of records."""

from collections.abc import Mapping
from types import MappingProxyType

from kopdesk.wording.catalogue import N_

RECORD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "cooperative": N_("Koperasi"),
        "officer": N_("Pengurus"),
        "outlet": N_("Gerai"),
        "asset": N_("Lahan atau bangunan"),
        "legal_document": N_("Dokumen legal"),
        "member_count": N_("Jumlah anggota"),
        "partnership": N_("Kemitraan"),
        "financing_request": N_("Pengajuan pembiayaan"),
        "visit": N_("Kunjungan"),
        "follow_up": N_("Tindak lanjut"),
        "problem": N_("Kendala"),
        "book_check": N_("Pemeriksaan pembukuan"),
        "statement": N_("Laporan keuangan"),
        "rapb": N_("RAPB"),
        "plan": N_("Rencana usaha"),
        "attachment": N_("Lampiran"),
        "remark": N_("Catatan peninjau"),
        "competitor": N_("Warung atau toko"),
        "approval": N_("Persetujuan"),
        "conflict": N_("Perbedaan isian"),
    }
)
