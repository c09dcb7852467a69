"""Labels of what stands around a plan: the shops that are there already, and who approved it."""

from collections.abc import Mapping
from types import MappingProxyType

from kopdesk.domain.approval import Approval
from kopdesk.domain.competitor import Competitor, Offer
from kopdesk.wording.catalogue import N_

LABELS: Mapping[type, Mapping[str, str]] = MappingProxyType(
    {
        Competitor: {
            "name": N_("Nama warung atau toko"),
            "owner": N_("Milik"),
            "status": N_("Keadaan"),
            "seen_on": N_("Dilihat tanggal"),
            "place": N_("Letak"),
            "distance_metres": N_("Jarak dari gerai (meter)"),
            "mitigation": N_("Cara menjaganya"),
            "agreed_on": N_("Disepakati tanggal"),
            "agreement": N_("Isi kesepakatan"),
            "note": N_("Catatan"),
            "offers": N_("Yang dijual"),
        },
        Offer: {
            "commodity": N_("Komoditas"),
            "goods": N_("Barangnya"),
            "overlap": N_("Sama dengan gerai"),
            "monthly_quota": N_("Jatah sebulan"),
        },
        Approval: {
            "body": N_("Siapa yang memutuskan"),
            "plan_id": N_("Rencana usaha"),
            "decision": N_("Keputusan"),
            "decided_on": N_("Tanggal keputusan"),
            "number": N_("Nomor surat atau berita acara"),
            "signed_by": N_("Ditandatangani oleh"),
            "ceiling": N_("Pinjaman paling banyak"),
            "village_support": N_("Dukungan desa setahun paling banyak"),
            "conditions": N_("Syaratnya"),
            "attachment_id": N_("Lampiran"),
            "note": N_("Catatan"),
        },
    }
)
