"""Sentences about the way to the centre: no network, refusals, answers that are not believed."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.figures import span
from kopdesk.wording.shortening import shortened

LINK_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "no_network": N_(
            "Tidak ada jaringan internet; pekerjaan Anda aman di laptop. "
            "Sambungkan laptop, lalu sinkronkan lagi."
        ),
        "no_answer": N_(
            "Pusat tidak menjawab; pekerjaan Anda aman di laptop. "
            "Coba lagi di tempat yang sinyalnya lebih kuat."
        ),
        "silence": N_(
            "Sambungan terlalu lama diam lalu diputus; pekerjaan Anda aman di laptop. "
            "Coba lagi di tempat yang sinyalnya lebih kuat."
        ),
        "server_down": N_("Pusat sedang tidak menyala; pekerjaan Anda aman di laptop. Coba lagi nanti."),
        "server_busy": N_("Pusat sedang terganggu; pekerjaan Anda aman di laptop. Coba lagi nanti."),
        "cut_off": N_(
            "Sambungan putus di tengah jalan, tidak ada yang hilang. "
            "Sinkronkan lagi, pengiriman akan dilanjutkan."
        ),
        "too_much": N_(
            "Jawaban dari pusat terlalu besar dan tidak diterima; data Anda tidak berubah. "
            "Laporkan ke pengelola pusat."
        ),
        "captive_portal": N_(
            "Wi-Fi ini meminta login di peramban lebih dulu; tidak ada data yang terkirim. "
            "Login di peramban, lalu sinkronkan lagi."
        ),
        "not_the_centre": N_(
            "Yang menjawab bukan pusat Kopdesk; data Anda tidak berubah. Periksa alamat pusat."
        ),
        "untrusted_certificate": N_(
            "Pusat tidak dapat dikenali dengan pasti, maka tidak ada yang dikirim. "
            "Periksa alamat pusat serta tanggal dan jam laptop, lalu coba lagi."
        ),
        "bad_address": N_("Alamat pusat ini keliru. Ketik alamat lengkap yang diawali https://."),
        "stopped": N_(
            "Sinkronisasi dihentikan; yang sudah terkirim tetap terkirim. Sinkronkan lagi kapan saja."
        ),
    }
)

REFUSAL_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "wrong_password": N_(
            "Nama pengguna atau kata sandi keliru; data di laptop tidak berubah. Ketik ulang keduanya."
        ),
        "account_disabled": N_(
            "Akun Anda dinonaktifkan di pusat; pekerjaan Anda aman di laptop. Hubungi Dinas."
        ),
        **dict.fromkeys(
            ("bad_signature", "unknown_device", "foreign_token", "foreign_device", "no_token"),
            N_(
                "Pusat tidak mengenal laptop ini lagi; pekerjaan Anda aman di sini. "
                "Daftarkan lagi laptop ini dengan kata sandi Anda."
            ),
        ),
        "device_revoked": N_(
            "Pusat tidak lagi menerima laptop ini; pekerjaan Anda aman di sini. "
            "Hubungi Dinas, lalu daftarkan lagi laptop ini dengan kata sandi Anda."
        ),
        "too_many_attempts": N_("Terlalu banyak percobaan masuk. Tunggu sebentar, lalu coba lagi."),
        "too_slow": N_(
            "Sinyal terlalu lemah untuk pengiriman ini; pekerjaan Anda aman di laptop. "
            "Coba lagi di tempat yang sinyalnya lebih kuat."
        ),
        "too_large": N_(
            "Kiriman ini terlalu besar untuk pusat; isinya aman di laptop. Laporkan ke pengelola pusat."
        ),
        "not_found": N_("Alamat ini bukan pusat Kopdesk; data Anda tidak berubah. Periksa alamat pusat."),
        "wrong_method": N_("Alamat ini bukan pusat Kopdesk; data Anda tidak berubah. Periksa alamat pusat."),
    }
)
_TOO_OLD = N_("Pusat tidak mengerti kiriman ini; isinya aman di laptop. Pasang Kopdesk versi terbaru.")
_TOO_OLD_REASONS = ("unknown_media_type", "unknown_coding", "unknown_protocol", "bad_request")

_GARBLED = N_("Jawaban dari pusat tidak utuh dan diabaikan; data Anda tidak berubah. Sinkronkan lagi.")
_FOREIGN = N_(
    "Jawaban itu bukan dari pusat Anda dan diabaikan; data Anda tidak berubah. "
    "Pakai jaringan lain, lalu sinkronkan lagi."
)
_NEWER = N_(
    "Jawaban dari pusat lebih baru dari program ini; data Anda tidak berubah. Pasang Kopdesk versi terbaru."
)

MESSAGE_REASONS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "undecodable",
                "truncated",
                "too_large",
                "uneven_columns",
                "bad_value",
                "number_too_large",
                "unknown_channel",
                "channel_twice",
                "leaf_twice",
                "no_receipt",
            ),
            _GARBLED,
        ),
        **dict.fromkeys(("bad_signature", "foreign_answer", "foreign_receipt", "foreign_batch"), _FOREIGN),
        **dict.fromkeys(("unknown_coding", "unknown_type", "unknown_path", "unknown_protocol"), _NEWER),
    }
)

HISTORY_VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "forked": N_(
            "Ada salinan laptop ini yang terus ikut mengirim. "
            "Semua tetap disimpan; pakai satu laptop saja dan hubungi Dinas."
        ),
        "rewound": N_(
            "Pusat kehilangan sebagian datanya dan belum sejalan dengan laptop ini; semua tetap disimpan. "
            "Kirim lagi nanti, atau hubungi Dinas."
        ),
        "early": N_(
            "Urutan kiriman laptop ini belum cocok dengan catatan pusat; tidak ada yang hilang. "
            "Sinkronkan lagi, dan hubungi Dinas bila tetap begitu."
        ),
    }
)


def _link(error: Any) -> str:
    known = LINK_REASONS.get(error.reason)
    return _(known) if known else _("Pusat belum terhubung; pekerjaan Anda aman di laptop. Coba lagi nanti.")


def _refusal(error: Any) -> str:
    """Where waiting is the remedy it says how long."""
    if error.retry_after and error.reason == "too_many_attempts":
        return _("Terlalu banyak percobaan masuk. Tunggu {span}, lalu coba lagi.").format(
            span=span(error.retry_after)
        )
    if error.reason in REFUSAL_REASONS:
        return _(REFUSAL_REASONS[error.reason])
    if error.reason in _TOO_OLD_REASONS:
        return _(_TOO_OLD)
    if error.retry_after:
        return _("Pusat sedang sibuk; pekerjaan Anda aman di laptop. Coba lagi setelah {span}.").format(
            span=span(error.retry_after)
        )
    return _("Pusat menolak permintaan ini; pekerjaan Anda aman di laptop. Laporkan ke pengelola pusat.")


def _disbelief(error: Any) -> str:
    return _(MESSAGE_REASONS.get(error.reason, _GARBLED))


def _history(error: Any) -> str:
    known = HISTORY_VERDICTS.get(error.verdict)
    return (
        _(known)
        if known
        else _("Data laptop ini dan pusat tidak cocok. Semua tetap disimpan; hubungi Dinas.")
    )


LINK_SENTENCES: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "LinkFailed": _link,
        "ServerRefused": _refusal,
        "Refused": _refusal,
        "NotBelieved": _disbelief,
        "BadMessage": lambda error: _(
            "Kiriman ini rusak atau bukan dari Kopdesk, dan tidak ada yang diubah. Minta kirim ulang."
        ),
        "HistoryBroken": _history,
        "InsecureAddress": lambda error: _(
            "Alamat {url} tidak aman: isinya bisa dibaca orang lain. Pakai alamat yang diawali https://."
        ).format(url=shortened(error.url, 60)),
    }
)
REASONS_OF_REFUSALS = frozenset((*REFUSAL_REASONS, *_TOO_OLD_REASONS))
