"""Sentences about data, not about failures: warnings, likely doubles, and two values for one field."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from kopdesk.domain.conflict import Conflict
from kopdesk.domain.values import Value
from kopdesk.domain.zones import Zone, business_date
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.dates import date_text, short_day
from kopdesk.wording.labels import path_label
from kopdesk.wording.shortening import shortened
from kopdesk.wording.values import field_text

WARNINGS: Mapping[str, str] = MappingProxyType(
    {
        "log_in_again": N_(
            "Pusat tidak mengenal laptop ini lagi; pekerjaan Anda aman di sini. "
            "Daftarkan lagi laptop ini dengan kata sandi Anda."
        ),
        "device_revoked": N_(
            "Pusat tidak lagi menerima laptop ini; pekerjaan Anda aman di sini. "
            "Hubungi Dinas, lalu daftarkan lagi laptop ini dengan kata sandi Anda."
        ),
        "account_closed": N_(
            "Akun Anda sudah ditutup; pekerjaan Anda aman di sini, dan yang dikirim dititipkan di pusat. "
            "Hubungi Dinas."
        ),
        "never_synced": N_("Laptop ini belum pernah sinkron dengan pusat. Sinkronkan sebelum ke lapangan."),
        "clock_behind": N_("Jam laptop tertinggal dari pusat. Betulkan tanggal dan jam laptop."),
        "unsent_for_days": N_(
            "Ada isian yang lebih dari 3 hari belum terkirim. Sinkronkan begitu ada sinyal."
        ),
    }
)

LIKENESSES: Mapping[str, str] = MappingProxyType(
    {
        "same_nik": N_("Mungkin tercatat dua kali: NIK-nya sama. Bandingkan keduanya."),
        "same_village": N_("Mungkin tercatat dua kali: desanya sama. Bandingkan keduanya."),
        "same_nik_tail": N_("Mungkin tercatat dua kali: akhir NIK-nya sama. Bandingkan keduanya."),
        "same_phone": N_("Mungkin tercatat dua kali: nomor teleponnya sama. Bandingkan keduanya."),
        "similar_name": N_("Mungkin tercatat dua kali: namanya mirip. Bandingkan keduanya."),
    }
)

_LONGEST_VALUE = 40
_LONGEST_NAME = 24
_LONGEST_COOPERATIVE = 60


def warning_sentence(word: str) -> str:
    """What deserves attention, and what to do."""
    known = WARNINGS.get(word)
    return _(known) if known else _("Ada yang perlu diperhatikan. Buka halaman Sinkronisasi.")


def withdrawn_sentence(name: str, unsent: int, may_go_on: date | None) -> str:
    """That a cooperative is somebody else's now, and what becomes of the copy on this laptop."""
    told = _("{name} sudah bukan dampingan Anda; salinannya di laptop ini hanya bisa dibaca.").format(
        name=shortened(name, _LONGEST_COOPERATIVE)
    )
    if unsent:
        return f"{told} {_('Masih ada isian yang belum sampai di pusat. Sinkronkan.')}"
    if may_go_on is None:
        return told
    return f"{told} {_('Boleh dihapus dari laptop mulai {date}.').format(date=date_text(may_go_on))}"


NOTICED: Mapping[str, str] = MappingProxyType(
    {
        "forked": N_(
            "Laptop ini salinan dari laptop lain; sekarang ia bernama sendiri dan tidak ada yang hilang. "
            "Beri tahu Dinas bila Anda tidak menyalinnya."
        ),
        "rewound": N_(
            "Pusat kehilangan sebagian datanya, dan laptop ini sudah mengirimkan kembali yang hilang. "
            "Anda tidak perlu berbuat apa-apa."
        ),
    }
)
"""Broken histories that were mended by themselves, as a sync tells of them."""


def noticed_sentence(word: str) -> str:
    """What was wrong between laptop and centre, and that it is right again."""
    known = NOTICED.get(word)
    return _(known) if known else _("Laptop ini dan pusat sudah sejalan lagi. Tidak ada yang hilang.")


def likeness_sentence(reason: str) -> str:
    """Why another record may be the same."""
    known = LIKENESSES.get(reason)
    return _(known) if known else _("Mungkin tercatat dua kali. Bandingkan keduanya.")


def conflict_sentence(conflict: Conflict, *, own_name: str = "", zone: str = Zone.WIB) -> str:
    """Kas akhir: Anda Rp2.350.000 (3 Nov); pusat Rp2.530.000 (Dinas, 1 Nov).

    `own_name` is the reader's name as authors are recorded; what he wrote is told as his.
    """
    kept = _side(conflict, conflict.kept_value, conflict.kept_author, conflict.kept_at, own_name, zone)
    offered = _side(
        conflict, conflict.offered_value, conflict.offered_author, conflict.offered_at, own_name, zone
    )
    label = path_label(conflict.about_type, conflict.about_path or "")
    if own_name and own_name == conflict.offered_author:
        return _("{label}: Anda {yours}; pusat {centre}.").format(label=label, yours=offered, centre=kept)
    if own_name and own_name == conflict.kept_author:
        return _("{label}: Anda {yours}; pihak lain {others}.").format(
            label=label, yours=kept, others=offered
        )
    return _("{label}: yang berlaku {kept}; yang ditawarkan {offered}.").format(
        label=label, kept=kept, offered=offered
    )


def _side(
    conflict: Conflict, value: Value, author: str | None, at: datetime | None, own_name: str, zone: str
) -> str:
    shown = field_text(conflict.about_type or "", conflict.about_path or "", value, zone)
    who = "" if own_name and author == own_name else shortened(author or "", _LONGEST_NAME)
    when = short_day(business_date(at, zone)) if at and at.year > 2000 else ""
    facts = ", ".join(filter(None, (who, when)))
    return shortened(shown, _LONGEST_VALUE) + (f" ({facts})" if facts else "")
