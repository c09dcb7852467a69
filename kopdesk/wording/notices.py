"""Sentences about data, not about failures: warnings, likely doubles, broken histories that were mended."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.dates import date_text
from kopdesk.wording.shortening import shortened

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
