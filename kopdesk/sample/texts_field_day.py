"""What is said and written on the demo's field day, by district."""

from collections.abc import Mapping
from typing import NamedTuple


class FieldFinding(NamedTuple):
    """The first two of a day are answered by a promise."""

    aspect: str
    weight: str
    text: str
    advice: str
    promise: str
    responsible: str
    office: str
    days: int


class FieldDayTexts(NamedTuple):
    """Everything a person types on the day."""

    village: str
    place: str
    topics: str
    notes: str
    agreement: str
    findings: tuple[FieldFinding, FieldFinding, FieldFinding]
    problem: str
    solution: str
    helper: str
    phone: str
    address: str
    opening_hours: str
    reason: str
    slip: str
    check_summary: str


FIELD_DAYS: Mapping[str, FieldDayTexts] = {
    "kutai-timur": FieldDayTexts(
        village="Peridan",
        place="Gerai sembako Peridan",
        topics="Hitung kas; LPG 3 kg; stok beras",
        notes="Menara sinyal mati sejak semalam, semua dicatat di laptop. Gerai ramai krn kapal beras baru masuk Sangkulirang. Kas dihitung bertiga, bendahara ingat ada nota es batu yang belum ditulis.",
        agreement="Kas dihitung tiap tutup gerai oleh penjaga dan bendahara. LPG hanya dijual dgn KTP, paling banyak 2 tabung per KK.",
        findings=(
            FieldFinding("cash", "high", "Kas di laci kurang Rp45.000 dari buku, satu nota belanja belum dicatat.", "Telusuri nota minggu ini, kalau tidak ketemu buat berita acara selisih.", "Nota ditelusuri dan selisih kas ditulis di buku.", "treasurer", "bendahara", 7),
            FieldFinding("partnership", "medium", "18 tabung LPG 3 kg minggu ini terjual tanpa NIK pembeli.", "Catat KTP setiap pembeli, tempel aturannya di depan.", "Semua penjualan LPG dicatat dgn KTP.", "vice_chair_business", "wakil ketua bidang usaha", 10),
            FieldFinding("stock", "low", "Kartu stok beras belum diisi sejak kiriman terakhir.", "Isi kartu waktu barang masuk, bukan sore harinya.", "Kartu stok beras diisi.", "secretary", "sekretaris", 14),
        ),
        problem="Kiriman LPG dari Sangatta tertahan, jembatan di jalan poros diperbaiki sampai akhir bulan.",
        solution="Minta agen kirim lewat laut ke Sangkulirang, jatah dibagi rata dulu.",
        helper="Diskop UKM",
        phone="+6281300007741",
        address="Jl. Poros Sangkulirang RT 05, gerai baru di seberang kantor desa",
        opening_hours="Buka Senin sampai Sabtu jam 7.30 sampai 17. LPG 3 kg dilayani Selasa dan Jumat jam 8 sampai 11, bawa KTP.",
        reason="Rapat anggota memutuskan naik lima ribu, notulennya ditunjukkan bendahara. Yang dua ribu lima ratus baru usulan pengurus.",
        slip="Es batu dan plastik",
        check_summary="Buku kas dan anggota diisi. Kartu simpanan wajib belum sama dgn neraca saldo, neraca saldo belum seimbang, kas kurang.",
    ),
    "malang": FieldDayTexts(
        village="Sawojajar",
        place="Balai RW 08",
        topics="Hitung kas; LPG 3 kg; paket sembako PKK",
        notes="Di balai RW tidak ada jaringan dan kuota habis, semua dicatat di laptop. Ibu-ibu PKK sedang membungkus paket sembako. Kas dihitung bersama, selisih kecil ketemu di nota galon.",
        agreement="Uang muka paket sembako dicatat di buku pesanan. LPG hanya dijual dgn KTP, paling banyak 2 tabung per KK.",
        findings=(
            FieldFinding("cash", "high", "Uang muka paket PKK Rp640.000 bercampur dgn kas gerai, belum dicatat.", "Pisahkan dalam amplop, catat nama dan jumlahnya hari ini.", "Uang muka paket dipisah dan dicatat di buku pesanan.", "treasurer", "bendahara", 5),
            FieldFinding("partnership", "medium", "23 tabung LPG 3 kg minggu ini terjual tanpa NIK pembeli.", "Catat KTP setiap pembeli, tempel aturannya di depan.", "Semua penjualan LPG dicatat dgn KTP.", "vice_chair_business", "wakil ketua bidang usaha", 10),
            FieldFinding("stock", "low", "Telur retak 4 kg masih di rak depan.", "Pisahkan, catat sbg rusak, jual murah hari itu juga.", "Telur retak dipisah tiap pagi.", "secretary", "sekretaris", 7),
        ),
        problem="Minimarket di Jl. Danau Toba jual minyak goreng di bawah harga modal gerai sampai akhir bulan.",
        solution="Stok minyak dikurangi, paket sembako PKK dan LPG diutamakan.",
        helper="Diskopindag",
        phone="+6281300007752",
        address="Jl. Danau Toba Blok E5 RT 03 RW 08, di samping balai RW",
        opening_hours="Buka tiap hari jam 7 sampai 20. LPG 3 kg dilayani Senin dan Kamis jam 16 sampai 19, bawa KTP.",
        reason="Rapat anggota memutuskan naik lima ribu, notulennya ditunjukkan bendahara. Yang dua ribu lima ratus baru usulan pengurus.",
        slip="Galon dan tisu",
        check_summary="Buku kas dan anggota rapi. Simpanan wajib di kartu lebih besar dari neraca saldo, dan neraca saldonya belum seimbang.",
    ),
}
