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
        "clock_behind": N_(
            "Jam laptop tertinggal dari pusat. Betulkan tanggal dan jam laptop, lalu sinkronkan."
        ),
        "clock_ahead": N_("Jam laptop mendahului pusat. Betulkan tanggal dan jam laptop, lalu sinkronkan."),
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
            "Pusat mengenal laptop lain dengan riwayat yang sama: salinan atau cadangan laptop ini. "
            "Tidak ada yang hilang; beri tahu Dinas bila Anda tidak membuatnya."
        ),
        "rewound": N_(
            "Pusat kehilangan sebagian datanya, dan laptop ini sudah mengirimkan kembali yang ada padanya. "
            "Anda tidak perlu berbuat apa-apa."
        ),
        "rewound_nothing": N_(
            "Pusat kehilangan sebagian datanya, tetapi bukan yang ada di laptop ini. "
            "Anda tidak perlu berbuat apa-apa."
        ),
        "rewound_asked": N_(
            "Pusat kehilangan sebagian datanya, dan laptop ini sudah mengirimkan kembali yang ada padanya. "
            "Lihat isian yang perlu diputuskan atau diperbaiki."
        ),
        "rewound_unsent": N_(
            "Pusat kehilangan sebagian datanya; yang ada di laptop ini aman, tetapi belum semuanya "
            "terkirim kembali. Sinkronkan lagi."
        ),
    }
)
"""Broken histories that were mended by themselves, as a sync and the status tell of them."""


def noticed_sentence(word: str, *, given_back: int, owed: int, asked: int) -> str:
    """What was wrong between laptop and centre, and what is left to do.

    `given_back`: leaves the laptop gives a centre that has lost them; `owed`: those that are not there yet;
    `asked`: leaves about which somebody has to decide. The last two as they are now.
    """
    if word == "rewound" and owed:
        word = "rewound_unsent"
    elif word == "rewound" and not given_back:
        word = "rewound_nothing"
    elif word == "rewound" and asked:
        word = "rewound_asked"
    known = NOTICED.get(word)
    return _(known) if known else _("Laptop ini dan pusat sudah sejalan lagi. Tidak ada yang hilang.")


def likeness_sentence(reason: str) -> str:
    """Why another record may be the same."""
    known = LIKENESSES.get(reason)
    return _(known) if known else _("Mungkin tercatat dua kali. Bandingkan keduanya.")
