"""How promises ended, what reviewers wrote back, and what partners and banks answered."""

from typing import NamedTuple

from kopdesk.sample.texts_notes import Sentence

S = Sentence

# Needs here are the aspect of the promise and whether it is kept in time (awal) or late (telat).
DONE = (
    S("Selesai, fotonya ada."),
    S("Dikerjakan {sekretaris}, saya lihat sendiri."),
    S("Beres dua hari sesudah kunjungan.", ("awal",)),
    S("Selesai, tapi lewat seminggu dari janji.", ("telat",)),
    S("Selesai sesudah diingatkan dua kali.", ("telat",)),
    S("Terlambat krn {bendahara} sakit, sekarang sudah.", ("telat",)),
    S("Baru selesai kemarin malam.", ("telat",)),
    S("Molor, tetapi hasilnya baik.", ("telat",)),
    S("Selesai lebih cepat dari janji.", ("awal",)),
    S("Selesai hari itu juga.", ("awal",)),
    S("Beres, tidak perlu diingatkan.", ("awal",)),
    S("Sudah, dicek waktu kunjungan ini."),
    S("Selesai, tinggal dipertahankan."),
    S("Sudah diperlihatkan di rapat pengurus."),
    S("Sudah, {kades} ikut melihat."),
    S("Dicek {pengawas}, cocok."),
    S("Selesai sebagian besar, sisanya kecil dan tidak perlu ditunggu."),
    S("Sudah dilihat PMO waktu ikut kunjungan."),
    S("Sudah, disaksikan {warga}."),
    S("Selesai, dicatat di notulen."),
    S("Beres waktu {ketua} ke {kota}."),
    S("Sudah dilakukan {wakil_anggota}.", ("anggota",)),
    S("Daftarnya sudah saya baca, tinggal dicetak rapi.", ("anggota",)),
    S("Sudah dibacakan ke anggota di pertemuan {dusun}.", ("anggota",)),
    S("Dikerjakan {wakil_anggota} dan {sekretaris} dua malam.", ("anggota",)),
    S("Sudah ditulis, saya baca di tempat.", ("buku",)),
    S("Beres, saya paraf di pinggir buku.", ("buku",)),
    S("Tulisannya rapi, tinggal dijaga.", ("buku",)),
    S("Dikerjakan berdua dengan {bendahara} waktu kunjungan.", ("buku",)),
    S("Sudah jalan sejak {tgl_lalu}.", ("kas",)),
    S("Dilihat langsung, {pengawas} ikut menghitung.", ("kas",)),
    S("Sudah, buktinya ditempel di belakang buku kas.", ("kas",)),
    S("Sudah diurus di {bank}, fotokopi ada.", ("bank",)),
    S("Sudah, saya cocokkan dgn buku tabungan.", ("bank",)),
    S("Sudah dibetulkan di kartu dan di buku.", ("simpanan",)),
    S("Dikerjakan, tinggal {n2} anggota yang ditunggu.", ("simpanan",)),
    S("Sudah, {bendahara} menunjukkan daftarnya.", ("simpanan",)),
    S("Dilihat di tempat, sudah rapi.", ("stok",)),
    S("Sudah, saya hitung contoh lima barang dan cocok.", ("stok",)),
    S("Sudah jalan, warga tidak bertanya lagi.", ("gerai",)),
    S("Sudah dua minggu jalan.", ("gerai",)),
    S("{wakil_usaha} yang mengurus, hasilnya terlihat.", ("gerai",)),
    S("Sudah, catatannya disimpan di map mitra.", ("mitra",)),
    S("Sudah dicocokkan dgn catatan mitra.", ("mitra",)),
    S("Sudah diurus, salinannya di map biru.", ("izin",)),
    S("Sudah, tanda terima disimpan.", ("izin",)),
    S("Sudah tampil di SIMKOPDES.", ("simkopdes",)),
    S("Dikerjakan {sekretaris} malam hari.", ("simkopdes",)),
    S("Sudah, tangkapan layarnya dikirim.", ("simkopdes",)),
    S("Sudah dibicarakan dgn {kades}, hasilnya tertulis.", ("aset",)),
    S("Selesai, lembarnya di map tanah.", ("aset",)),
    S("Sudah, lembar barunya dilampirkan.", ("rencana",)),
    S("Sudah dihitung ulang, angkanya masuk akal.", ("rencana",)),
    S("Sudah, tertulis di notulen.", ("rapat",)),
    S("Selesai, lembarnya ditandatangani.", ("rapat",)),
    S("Sudah dibahas, semua setuju.", ("pengurus",)),
    S("Berjalan, saya lihat dua kali.", ("pengurus",)),
    S("Sudah jalan sebulan ini.", ("karyawan",)),
    S("{ketua} dan {pegawai} sudah sepakat.", ("karyawan",)),
    S("Sudah dihitung ulang dan ditandatangani.", ("pinjaman",)),
    S("Selesai, anggota yang bersangkutan sudah tahu.", ("pinjaman",)),
)

DROPPED = (
    S("Tidak jadi, diganti cara lain di rapat pengurus."),
    S("Gugur krn {pegawai} sudah berhenti.", ("toko",)),
    S("Tidak perlu lagi, sudah diurus {kantor}."),
    S("Dibatalkan, biayanya lebih besar dari gunanya."),
    S("Digabung dengan janji yang baru."),
    S("Aturannya berubah, surat itu tidak diminta lagi."),
    S("Dibatalkan {ketua}, anggota tidak setuju."),
    S("Barangnya sudah tidak dijual.", ("toko",)),
    S("Orangnya pindah ke {kota_lain}."),
    S("Salah catat, tidak pernah dijanjikan."),
    S("Tempatnya tidak dipakai lagi."),
    S("Mitra menarik diri, tidak ada yang dilanjutkan."),
)

class RemarkText(NamedTuple):
    """What a reviewer writes, and the answer it gets."""

    text: str
    answer: str
    needs: tuple[str, ...] = ()


R = RemarkText

REMARKS = (
    R("Mohon foto buku kas halaman terakhir dilampirkan.", "Siap, difoto waktu kunjungan berikut.", ("catat",)),
    R("Jumlah anggota di laporan beda dgn SIMKOPDES, tolong dicek.", "Sudah saya cek, di SIMKOPDES baru {n_simkopdes}, sisanya menunggu foto KTP."),
    R("Jarak antar kunjungan terlalu jauh, apa kendalanya?", "Jalan putus dan {ketua} panen, diganti telepon.", ("kutim",)),
    R("Jarak antar kunjungan terlalu jauh, apa kendalanya?", "Bentrok pelatihan tiga hari, bulan ini saya ganti.", ("malang",)),
    R("Rencana tindak sudah baik, beri tanggal yang jelas.", "Baik, tanggalnya saya tulis di tindak lanjut."),
    R("Selisih kas sudah ditelusuri sampai mana?", "Nota sampai tgl {tgl_lalu} sudah, sisanya kunjungan berikut.", ("catat",)),
    R("Gedung bukan aset koperasi, mohon dikeluarkan.", "Sudah dibicarakan dgn {bendahara}, dikeluarkan bulan ini.", ("bangunan",)),
    R("HET dicek lagi sesuai SK bupati yang baru.", "Sudah, masih {het} utk kecamatan ini.", ("lpg", "kutim")),
    R("HET dicek lagi sesuai SK gubernur yang baru.", "Sudah, masih {het}, ditempel di gerai.", ("lpg", "malang")),
    R("Mohon nomor surat {kades} soal tanah dicantumkan.", "Suratnya masih di {kantor}, saya ambil tgl {tgl_depan}."),
    R("Jangan ajukan pinjaman sebelum {musyawarah}.", "Siap, {ketua} sudah saya beri tahu."),
    R("Angka omzet {bln_lalu} sama persis dgn bulan sebelumnya, betul?", "Betul keliru salin, angka di gerai sudah dibetulkan.", ("toko",)),
    R("Tolong dampingi rapat damai, {dinas} akan hadir.", "Siap, tanggalnya menunggu {kades}.", ("ribut",)),
    R("Salinan laporan Polsek dikirim ke kantor.", "Belum jadi, {ketua} ke Polsek tgl {tgl_depan}.", ("kunci",)),
    R("Catatan keuangan berhenti lebih dari dua bulan, prioritaskan.", "Nota sedang disusun {sekretaris}, dua minggu lagi saya datang.", ("stop",)),
    R("Penolakan zonasi dilampiri suratnya.", "Surat sudah difoto, dikirim {waktu_daring}.", ("tolak_lpg",)),
    R("Kata bunga diganti margin utk koperasi syariah.", "Sudah diganti di kartu dan di laporan.", ("syariah",)),
    R("Data tunggakan simpanan mohon per triwulan.", "Disusun bersama {bendahara}, minggu depan."),
    R("Bagus, lanjutkan; contoh buku stoknya kami pakai utk pelatihan.", "Terima kasih, saya sampaikan ke {pegawai}.", ("toko",)),
    R("Nama pengawas belum sesuai akta.", "Sudah disesuaikan dgn akta."),
    R("Foto kunjungan buram, mohon diulang.", "Diulang kunjungan berikut, waktu itu sudah gelap."),
    R("Koordinat gerai jatuh di luar {wilayah}.", "Titik lama dari telepon, saya ambil ulang di tempat."),
    R("Berita acara belum ditandatangani {bendahara}.", "Menunggu {bendahara}, paling lambat tgl {tgl_depan}."),
    R("Kerugian banjir dilaporkan juga ke BPBD lewat {kantor}.", "Sudah, tembusan ada di {kantor}.", ("banjir",)),
    R("Uji air depot mohon disusulkan.", "Contoh air sudah di puskesmas.", ("air",)),
    R("Sudah kami teruskan ke bidang kelembagaan.", "Terima kasih."),
    R("Siapa yang menggantikan {wakil_anggota}?", "Belum ada, rapat anggota khusus disiapkan.", ("pindah",)),
    R("Lampirkan daftar warung di sekitar gerai.", "Sudah didata, {n5} warung, saya lampirkan.", ("toko",)),
)

REJECTIONS = {
    "lpg": "Ditolak: zonasi tidak sesuai, sudah ada pangkalan dalam radius 500 m.",
    "minyak_tanah": "Ditolak: wilayah sudah konversi LPG.",
    "pupuk": "Ditolak: kuota kios kecamatan penuh, silakan ajukan lagi tahun depan.",
    "pos": "Ditolak: ruang layanan belum siap, zonasi bertumpuk dengan kantor pos {kec}.",
    "brilink": "Ditolak: zonasi tidak sesuai, agen lain berjarak 200 m.",
    "rpk": "Ditolak: tempat simpan beras belum layak.",
    "pln": "Ditolak: rekening a.n. koperasi belum ada.",
    "bsi": "Ditolak: volume transaksi perkiraan di bawah syarat.",
    "bni": "Ditolak: zonasi tidak sesuai utk agen baru di {kec}.",
}

PROPOSALS = {
    "lpg": "Pangkalan LPG 3 kg utk {desa}, tempat {tempat}, perkiraan {n20} tabung per minggu.",
    "minyak_tanah": "Penyaluran minyak tanah utk nelayan {desa}.",
    "pupuk": "Kios pupuk nonsubsidi utk kelompok tani {desa}, lahan kira-kira {n20} hektare.",
    "pos": "Agenpos di gerai, layanan kirim paket dan meterai.",
    "brilink": "Agen BRILink di gerai, ATM terdekat di {kota_dekat}.",
    "rpk": "Beras SPHP dan minyak dari Bulog, gudang di {tempat}.",
    "pln": "Bayar listrik dan pulsa di gerai, pelanggan kira-kira {n20} KK.",
    "bsi": "Agen BSI utk setoran dan tarik tunai warga {desa}.",
    "bni": "Agen46 di gerai, sekaligus menerima setoran sekolah.",
}

ACCEPTED = (
    "Disetujui, perjanjian ditandatangani di {kota}.",
    "Disetujui, mesin diantar {bln_ini}.",
    "Survei tempat sudah, disetujui dengan kuota awal kecil.",
    "Disetujui sesudah foto tempat dilengkapi.",
)

FINANCING_NOTES = (
    "Utk modal kerja gerai sembako, surat permohonan blm ditandatangani {bendahara}.",
    "Permohonan dikirim, menunggu kunjungan bank.",
    "Berkas diminta dilengkapi: berita acara {musyawarah} dan laporan keuangan {thn_lalu}.",
    "Nilai diturunkan sesudah dihitung ulang angsurannya.",
    "Skema PMK 49/2025 tidak dilanjutkan, ganti permohonan LPDB.",
    "Pengurus sepakat menunda sampai RAT selesai.",
    "Modal kerja musim tanam, dibayar sesudah panen.",
    "Pembiayaan murabahah utk rak dan etalase, margin blm ditawar.",
)

ADDITIONS = (
    "Lupa dicatat: {warga} juga hadir sebentar soal tanah.",
    "Tambahan: {bendahara} menunjukkan slip setoran sesudah saya pulang.",
    "Kuitansi yang kurang sudah dikirim {sekretaris} lewat foto.",
    "Tambahan: {kades} setuju dengan kesepakatan.",
    "Lupa: gerai tutup jam 14 krn ada kerja bakti.",
    "{ketua} menelepon, tanggal rapat mundur dua hari.",
    "Tambahan: stok {barang} dihitung ulang, ternyata cocok.",
    "Nomor rekening yang dicatat benar, sudah dicek di buku tabungan.",
)
