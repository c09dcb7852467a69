"""Problems (kendala) a cooperative meets and what is tried against them."""

from typing import NamedTuple

LOW, MEDIUM, HIGH = 1, 2, 3


class ProblemText(NamedTuple):
    """`needs` are the traits a cooperative must have to meet this problem."""

    aspect: str
    priority: int
    problem: str
    solution: str
    needs: tuple[str, ...] = ()


P = ProblemText

PROBLEMS = (
    P("jaringan", HIGH, "Tidak ada sinyal di {desa}, unggah SIMKOPDES harus ke {kota}.", "Data dikumpulkan di kertas, diunggah {sekretaris} tiap ke {kota}.", ("kutim",)),
    P("jaringan", MEDIUM, "Sinyal hanya di dermaga, sering putus waktu unggah foto.", "Unggah malam, foto dikecilkan dulu.", ("pesisir",)),
    P("jaringan", LOW, "SIMKOPDES sering keluar sendiri waktu isi anggota.", "Isi 10 orang lalu simpan, jangan sekaligus.", ()),
    P("listrik", MEDIUM, "Listrik desa hanya malam, kulkas dan mesin kasir tidak jalan siang.", "Catat manual siang, pindah malam; hitung biaya solar genset.", ("kutim", "jauh")),
    P("angkut", HIGH, "Ongkos barang dari {kota} {rp_ratus} sekali jalan, harga kalah dari warung.", "Belanja gabungan dengan koperasi tetangga dua minggu sekali.", ("kutim", "toko")),
    P("angkut", MEDIUM, "Akses {jalan} putus tiap hujan, barang tertahan {n5} hari.", "Stok beras dan gula dinaikkan menjelang musim hujan.", ("kutim", "darat")),
    P("angkut", MEDIUM, "Gelombang tinggi, perahu barang tidak jalan seminggu.", "Stok dua minggu sebelum musim angin utara.", ("pulau",)),
    P("cuaca", HIGH, "Banjir masuk gerai tgl {tgl_banjir}, {n20} karung dan dus basah.", "Rak dinaikkan 80 cm, barang rusak dibuat berita acara.", ("banjir", "toko")),
    P("modal", MEDIUM, "Modal dari simpanan baru {rp_juta}, belanja tidak bisa banyak.", "Tagih simpanan wajib, mulai dari barang cepat laku.", ()),
    P("modal", MEDIUM, "Anggota menunggu bantuan pusat, tidak mau bayar simpanan.", "Penjelasan di pertemuan warga bersama {kades}.", ()),
    P("modal", HIGH, "Uang belanja terpakai utk bon anggota {rp_juta}.", "Bon dihentikan dulu, jadwal bayar ditandatangani.", ("toko",)),
    P("mitra", HIGH, "Pengajuan pangkalan LPG ditolak, sudah ada pangkalan dalam radius.", "Menjadi sub pangkalan dari {toko}, PKS disiapkan.", ("tolak_lpg",)),
    P("mitra", MEDIUM, "Kiriman LPG tidak tentu, warga marah ke {pegawai}.", "Jadwal kirim ditempel, surat ke agen lewat {dinas}.", ("lpg",)),
    P("mitra", MEDIUM, "Penebusan pupuk terlambat, data kelompok tani blm masuk.", "Penyuluh diminta memasukkan data sebelum tgl 20.", ("pupuk",)),
    P("mitra", LOW, "Beras SPHP dari Bulog kosong {n2} minggu.", "Pesan lewat {dinas}, sementara beras lokal.", ("toko",)),
    P("mitra", MEDIUM, "Agenpos minta ruang 3x4 m, gerai cuma satu ruang.", "Tunggu bangunan baru, surat minat dikirim dulu.", ("agenpos",)),
    P("mitra", LOW, "Mesin BRILink rusak {n5} hari.", "Tukar mesin di {bank}.", ("brilink",)),
    P("gedung", HIGH, "Pembangunan gerai berhenti, pelaksana tidak bisa dihubungi.", "{kades} menyurat ke pelaksana, tembusan {dinas}.", ("bangunan",)),
    P("gedung", HIGH, "Tanah gerai dipersoalkan ahli waris.", "Mediasi di {kantor}, ukur ulang.", ("tanah",)),
    P("gedung", MEDIUM, "Biaya sambung listrik gerai baru tidak ada di anggaran.", "Masukkan perubahan APBDes, minta hitungan PLN.", ("bangunan", "kutim")),
    P("gedung", MEDIUM, "Tidak ada lahan milik kelurahan yang cukup luas utk gerai.", "Pinjam pakai aset pemkot, surat lewat lurah.", ("malang",)),
    P("orang", HIGH, "{ketua} dan {bendahara} berselisih soal belanja {rp_juta}.", "Rapat damai dipimpin {kades}, aturan dua tanda tangan.", ("ribut",)),
    P("orang", MEDIUM, "{wakil_usaha} jarang hadir krn kerja di luar.", "Tugas dibagi ke {sekretaris} sampai RA.", ()),
    P("orang", HIGH, "{wakil_anggota} pindah, belum ada pengganti.", "Rapat anggota khusus, SK perubahan ke notaris.", ("pindah",)),
    P("orang", MEDIUM, "Yang bisa mengetik hanya {sekretaris}.", "Belajar tiap kunjungan, {wakil_anggota} ikut.", ()),
    P("orang", LOW, "{pegawai} mau berhenti krn upah kecil.", "Upah dibahas di rapat, ditambah bagian dari LPG.", ("toko",)),
    P("orang", MEDIUM, "Pengurus semua nelayan, sulit kumpul waktu musim ikan.", "Rapat dijadwal waktu terang bulan.", ("pesisir",)),
    P("orang", LOW, "Pengurus banyak kerja kantor, rapat hanya bisa malam.", "Rapat malam Sabtu, satu jam saja.", ("malang",)),
    P("keamanan", HIGH, "Kunci brankas dicuri, isi belum bisa dipastikan.", "Lapor Polsek, brankas dibuka tukang kunci dgn saksi.", ("kunci",)),
    P("keamanan", LOW, "Gembok gerai rusak, pernah dicongkel.", "Ganti gembok, lampu depan dipasang.", ("toko",)),
    P("catatan", HIGH, "Buku kas tidak ditulis sejak {bln_stop}.", "Saldo awal dari hitung kas, tulis mundur dari nota.", ("stop",)),
    P("catatan", MEDIUM, "Nota banyak yang hilang, belanja {bln_lalu} tidak bisa dibuktikan.", "Minta salinan nota ke {toko}.", ("stop",)),
    P("catatan", MEDIUM, "Laporan keuangan {thn_lalu} belum seimbang, RAT mundur.", "Diperiksa per akun, kemungkinan angka terbalik.", ("catat",)),
    P("pesaing", MEDIUM, "Minimarket buka sampai malam, harga promo di bawah modal gerai.", "Perkuat LPG, beras dan titipan warga.", ("malang", "toko")),
    P("pesaing", MEDIUM, "Warung merasa tersaingi, pemiliknya anggota juga.", "Koperasi jadi grosir utk warung, harga khusus.", ("toko",)),
    P("pesaing", LOW, "Tengkulak beri pinjaman di muka, petani tidak jual ke koperasi.", "Belum bisa ditandingi, mulai dari pupuk dulu.", ("tani",)),
    P("syariah", MEDIUM, "Pengurus belum paham margin, dikira sama dgn pinjaman biasa.", "Belajar akad bersama penyuluh KUA dua kali.", ("syariah",)),
    P("syariah", LOW, "Contoh laporan di SIMKOPDES memakai kata bunga.", "Pakai sektor USP Syariah, tanya ke dinas.", ("syariah",)),
    P("izin", MEDIUM, "Notaris di {kota} lambat, akta perubahan sudah {n2} bulan.", "Telepon tiap minggu, {dinas} membantu surat.", ()),
    P("izin", LOW, "Surel koperasi tidak bisa dibuka, NIB tertahan.", "Pulihkan lewat nomor {ketua} {waktu_daring}.", ("tanpa_nib",)),
    P("anggota", LOW, "Data KTP anggota dusun jauh blm terkumpul.", "Titip ketua RT, foto KTP pakai telepon.", ("kutim",)),
    P("anggota", LOW, "Banyak warga kos, anggota ber-KTP sini sulit bertambah.", "Sasaran RW lama dan pengajian ibu-ibu.", ("kos",)),
    P("anggota", MEDIUM, "Kehadiran rapat anggota cuma {n20} orang.", "Rapat digabung pertemuan warga, ada paket sembako murah.", ()),
    P("air", MEDIUM, "Air baku depot keruh sesudah hujan.", "Saringan ganti lebih sering, tutup kalau keruh.", ("air",)),
    P("usaha", MEDIUM, "Nelayan minta solar, koperasi belum punya izin.", "Tanya syarat ke {dinas}, jangan jual eceran.", ("pesisir",)),
    P("usaha", MEDIUM, "Jalan kebun rusak, sawit anggota tidak terangkut.", "Dibahas di {musyawarah} dgn perusahaan.", ("sawit",)),
)
