"""Sentences about one row of a list that a Dinas brings: where it is in the file, what to mend there."""

from collections.abc import Mapping
from types import MappingProxyType

from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.labels import lowered
from kopdesk.wording.reasons import reason_sentence
from kopdesk.wording.shortening import shortened

ROW_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "unknown_list": N_("Lembar ini tidak dikenali dan dilewati. Periksa judul kolomnya."),
        "no_list": N_(
            "Tidak ada daftar koperasi, pendamping, atau penugasan di berkas ini. Periksa judul kolomnya."
        ),
        "unknown_column": N_("Kolom ini tidak dikenali dan dilewati. Periksa judulnya."),
        "column_twice": N_("Judul kolom ini dipakai dua kali. Sisakan satu saja."),
        "required": N_("Sel ini masih kosong. Isi dulu."),
        "needs_nik_or_village": N_("NIK koperasi dan kode desa masih kosong. Isi salah satunya."),
        "reserved_login": N_("Nama pengguna ini dipakai server. Pilih nama lain."),
        "row_twice": N_("Sudah ada di baris {detail}. Hapus salah satunya."),
        "cooperative_unclear": N_(
            "Lebih dari satu koperasi cocok dengan “{detail}”. Periksa NIK dan kode desanya."
        ),
        "no_such_cooperative": N_("Koperasi “{detail}” tidak ada di pusat. Periksa NIK atau kode desanya."),
        "no_such_user": N_("Pengguna “{detail}” tidak ada. Tambahkan dulu di daftar pendamping."),
        "was_deleted": N_("Koperasi ini sudah dihapus di pusat dan dilewati. Hapus barisnya dari daftar."),
        "other_nik": N_("NIK koperasi ini di pusat {detail}. Periksa mana yang benar."),
        "newer_value": N_(
            "Nilai ini berbeda dari isian pendamping yang lebih baru, dan menunggu keputusan. "
            "Bandingkan dengan koperasinya."
        ),
        "looks_alike_same_nik": N_("NIK-nya sama dengan {detail}. Periksa apakah itu koperasi yang sama."),
        "looks_alike_same_village": N_(
            "Desanya sama dengan {detail}. Periksa apakah itu koperasi yang sama."
        ),
        "looks_alike_same_nik_tail": N_(
            "Akhir NIK-nya sama dengan {detail}. Periksa apakah itu koperasi yang sama."
        ),
        "looks_alike_similar_name": N_("Namanya mirip {detail}. Periksa apakah itu koperasi yang sama."),
    }
)


def row_sentence(reason: str, detail: str = "", *, sheet: str = "", row: int = 0, column: str = "") -> str:
    """Lembar Koperasi, baris 12, kolom “NIK”: nomor ini tidak pas. … From the facts of a row's problem."""
    known = ROW_REASONS.get(reason)
    told = _(known).format(detail=shortened(detail, 40) or "…") if known else reason_sentence(reason, detail)
    place = [
        _("lembar {sheet}").format(sheet=shortened(sheet, 30)) if sheet else "",
        _("baris {row}").format(row=row) if row else "",
        _("kolom “{column}”").format(column=shortened(column, 30)) if column else "",
    ]
    where = ", ".join(filter(None, place))
    return f"{where[:1].upper()}{where[1:]}: {lowered(told)}" if where else told
