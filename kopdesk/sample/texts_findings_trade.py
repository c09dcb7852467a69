"""What an assistant finds in shops, prices, partners, buildings, permits, plans and the online account."""

from kopdesk.sample.texts_findings_books import HEAVY, LIGHT, MIDDLE, FindingText

F = FindingText

SHOP = (
    F("gerai", MIDDLE, "pegawai", "Gerai tutup waktu saya datang jam 9, padahal papan tulis buka jam 8.", "Tempel jam buka yang benar, kalau berhalangan tulis di pintu.", "Jam buka ditempel dan dipatuhi.", ("toko",)),
    F("gerai", LIGHT, "pegawai", "Daftar harga tidak ditempel, warga tanya satu-satu.", "Tulis harga 20 barang yang paling laku di karton.", "Daftar harga ditempel di depan.", ("toko",)),
    F("gerai", MIDDLE, "wakil_usaha", "Harga {barang} lebih mahal {rp_kecil} dari {toko}, pembeli pindah.", "Cari pemasok lain, untuk barang ramai ambil untung tipis.", "Harga {barang} disesuaikan, pemasok dicari lagi.", ("toko",)),
    F("gerai", LIGHT, "pegawai", "Rak depan kosong, barang masih di dus.", "Isi rak pagi sebelum buka, barang ramai di depan.", "Rak diisi sebelum gerai buka.", ("toko",)),
    F("gerai", MIDDLE, "wakil_usaha", "Penjualan {bln_lalu} turun jadi {rp_omzet}, beras SPHP kosong dua minggu.", "Pesan SPHP lebih awal, minimal stok 10 karung.", "Pesanan SPHP dikirim sebelum stok 10 karung.", ("toko",)),
    F("gerai", MIDDLE, "wakil_usaha", "Jual di bawah modal utk minyak goreng, harga beli naik tapi label lama.", "Ganti label setiap barang masuk.", "Label harga diganti setiap barang masuk.", ("toko",)),
    F("gerai", LIGHT, "pegawai", "Timbangan gerai blm ditera, warga pernah protes.", "Ajukan tera waktu petugas datang, sementara cocokkan dgn timbangan {kantor}.", "Timbangan dicocokkan dan diajukan tera.", ("toko",)),
    F("gerai", MIDDLE, "wakil_usaha", "Penjualan anggota dan bukan anggota tdk dipisah di nota.", "Tulis nomor anggota di nota, kalau tidak ada beri tanda TA.", "Nota dipisah anggota dan bukan anggota.", ("toko",)),
    F("gerai", LIGHT, "wakil_usaha", "Warga {dusun} belum tahu gerai sudah buka.", "Umumkan lewat pengajian dan grup warga.", "Pengumuman gerai di grup dan pengajian {dusun}.", ("toko",)),
    F("gerai", MIDDLE, "ketua", "Gerai pakai rumah {warga} tanpa surat sewa, listrik dibayar pemilik.", "Buat surat pinjam pakai atau sewa, tulis siapa bayar listrik.", "Surat pinjam pakai ditandatangani.", ("toko",)),
    F("gerai", LIGHT, "wakil_usaha", "Papan nama gerai rusak kena angin.", "Perbaiki atau cat ulang, cukup papan triplek.", "Papan nama dipasang lagi."),
    F("gerai", MIDDLE, "wakil_usaha", "Etalase dan rak bantuan {dinas} masih terbungkus di {kantor}.", "Pindahkan setelah tempat siap, catat di inventaris.", "Rak dipasang di gerai dan masuk inventaris.", ("belum_jual",)),
    F("gerai", MIDDLE, "ketua", "Gerai belum buka, barang contoh sudah ada tapi blm ada yang jaga.", "Buka dulu tiga hari seminggu, giliran pengurus.", "Gerai dibuka Senin, Rabu, Jumat bergiliran.", ("belum_jual",)),
    F("gerai", MIDDLE, "wakil_usaha", "Pelanggan bayar lewat transfer ke rekening {pegawai}, blm disetor {rp_ratus}.", "Pakai kode bayar a.n. koperasi, stop rekening pribadi.", "Kode bayar a.n. koperasi dipasang di meja.", ("toko", "malang")),
    F("gerai", LIGHT, "pegawai", "Pesanan antar lewat ojol sering batal krn barang tdk ada.", "Daftar pesanan hanya barang yang pasti ada.", "Daftar barang antar diperbarui tiap pagi.", ("toko", "malang")),
    F("gerai", MIDDLE, "wakil_usaha", "Ibu PKK pesan paket sembako {n20} buah, dicatat tanpa uang muka.", "Minta uang muka separuh, catat di buku pesanan.", "Buku pesanan dan uang muka diberlakukan.", ("toko", "malang")),
    F("gerai", MIDDLE, "wakil_usaha", "Minimarket baru buka 200 m dari gerai, penjualan mi dan sabun turun.", "Jangan lawan harga promo; kuatkan LPG, beras SPHP dan titipan UMKM.", "Rak titipan UMKM RW ditambah.", ("toko", "malang")),
    F("gerai", MIDDLE, "wakil_usaha", "Barang dari {kota} datang seminggu sekali, ongkos {rp_ratus} tidak dimasukkan ke harga.", "Bagi ongkos ke tiap karton, tulis di kartu stok.", "Ongkos angkut dihitung ke harga jual.", ("toko", "kutim")),
    F("gerai", MIDDLE, "wakil_usaha", "Listrik desa mati siang, kulkas minuman tdk terpakai.", "Jual minuman dingin malam saja atau hitung dulu biaya genset.", "Biaya solar genset dihitung sebelum dipakai.", ("toko", "kutim")),
    F("gerai", LIGHT, "wakil_usaha", "Nelayan minta es balok dan solar, gerai belum sedia.", "Catat dulu berapa yang minta per hari, jangan langsung beli mesin.", "Permintaan es dicatat dua minggu.", ("pesisir", "toko")),
    F("gerai", MIDDLE, "wakil_usaha", "Titip jual ikan asin dan terasi {n5} warga belum dibayar.", "Bayar tiap Sabtu, ada buku titip jual.", "Buku titip jual dibuat, yang lama dibayar.", ("pesisir", "toko")),
)

LPG = (
    F("mitra", MIDDLE, "pegawai", "Transaksi LPG 3 kg dgn KTP baru {n20} dari yang terjual, sisanya tanpa NIK.", "Catat NIK setiap pembeli, tanpa itu kuota bisa dipotong.", "Semua penjualan LPG dicatat dengan NIK.", ("lpg",)),
    F("mitra", HEAVY, "wakil_usaha", "LPG 3 kg dijual di atas HET ({harga_lpg}, HET {het}).", "Kembalikan ke HET, ongkos ambil dibicarakan dgn pangkalan.", "Harga LPG kembali ke HET dan ditempel.", ("lpg",)),
    F("mitra", MIDDLE, "wakil_usaha", "Kiriman LPG {bln_lalu} cuma {n20} tabung dari jatah, agen bilang kapal telat.", "Minta surat jalan, catat tanggal kirim utk bahan ke dinas.", "Surat jalan dikumpulkan, dikirim ke dinas.", ("lpg", "kutim")),
    F("mitra", MIDDLE, "wakil_usaha", "Antrean LPG sampai malam, warga luar {wilayah} ikut beli.", "Dahulukan anggota dan warga ber-KTP {desa}, batas 2 tabung.", "Batas 2 tabung per KK ditempel.", ("lpg", "malang")),
    F("mitra", LIGHT, "pegawai", "APAR di tempat tabung kosong tekanannya.", "Isi ulang, tempat tabung jauh dari kompor.", "APAR diisi ulang.", ("lpg",)),
    F("mitra", MIDDLE, "wakil_usaha", "Pengajuan pangkalan LPG ditolak krn zonasi, surat penolakan belum disimpan.", "Simpan suratnya, ajukan sbg sub pangkalan ke {toko}.", "Pembicaraan sub pangkalan dgn {toko}.", ("tolak_lpg",)),
    F("mitra", MIDDLE, "wakil_usaha", "Penebusan pupuk {bln_lalu} {n20} karung, di aplikasi tercatat lebih sedikit.", "Cocokkan nota tebus dgn aplikasi sebelum minta lagi.", "Nota tebus dan aplikasi dicocokkan.", ("pupuk",)),
    F("mitra", MIDDLE, "wakil_usaha", "Petani minta pupuk nonsubsidi dibayar sesudah panen.", "Paling banyak 30 persen bon, pakai daftar kelompok tani.", "Aturan bon pupuk disepakati dgn kelompok tani.", ("pupuk",)),
    F("mitra", LIGHT, "pegawai", "Struk BRILink {n5} lembar tidak cocok dgn buku agen.", "Tulis saldo awal dan akhir mesin tiap hari.", "Buku agen diisi saldo awal dan akhir.", ("brilink",)),
    F("mitra", MIDDLE, "pegawai", "Saldo agen dipakai belanja gerai {rp_juta}, tarik tunai warga jadi ditolak.", "Pisahkan uang agen, belanja gerai dari kas gerai.", "Uang agen dipisah dalam kotak sendiri.", ("brilink",)),
    F("mitra", LIGHT, "sekretaris", "PKS dgn {toko} belum ditandatangani, barang sudah jalan.", "Buat PKS satu lembar: harga, tempo bayar, retur.", "PKS ditandatangani kedua pihak.", ("toko",)),
    F("mitra", MIDDLE, "wakil_usaha", "Depot air: uji laboratorium terakhir {bln_jauh}.", "Ajukan uji ke puskesmas, hasil ditempel.", "Contoh air dikirim ke puskesmas.", ("air",)),
    F("mitra", MIDDLE, "pegawai", "Catatan isi ulang air {n20} galon per hari, uang setoran cuma separuhnya.", "Pakai karcis bernomor per galon.", "Karcis galon dipakai mulai besok.", ("air",)),
    F("mitra", LIGHT, "wakil_usaha", "Harga tampung sawit di RAM beda {rp_kecil} per kg dgn harga dinas.", "Catat harga tiap minggu sebelum bicara kerja sama timbang.", "Harga sawit dicatat tiap minggu.", ("sawit",)),
)

LEGAL = (
    F("izin", MIDDLE, "sekretaris", "NIB belum terbit, akun OSS lupa kata sandi.", "Pulihkan lewat surel koperasi, saya bantu {waktu_daring}.", "Akun OSS dipulihkan, NIB diajukan.", ("tanpa_nib",)),
    F("izin", MIDDLE, "sekretaris", "KBLI di NIB hanya 47111, usaha LPG (47772) belum tercantum.", "Tambah KBLI di OSS sebelum ajukan pangkalan.", "KBLI 47772 ditambahkan di OSS.", ("lpg",)),
    F("izin", MIDDLE, "bendahara", "NPWP ada, tapi akun Coretax blm diaktifkan.", "Aktifkan dengan surel koperasi, jangan surel pribadi.", "Akun Coretax diaktifkan."),
    F("izin", LIGHT, "sekretaris", "Akta asli dipegang notaris di {kota}, koperasi cuma punya foto.", "Ambil aslinya, simpan di {kantor}, fotokopi dua.", "Akta asli diambil."),
    F("izin", MIDDLE, "bendahara", "PPh final 0,5 persen {bln_lalu} belum disetor.", "Hitung dari penjualan, setor sebelum tgl 15.", "PPh final dihitung dan disetor.", ("toko",)),
    F("izin", LIGHT, "sekretaris", "Nama di NPWP beda satu huruf dgn SK AHU.", "Ajukan perbaikan data di kantor pajak.", "Surat perbaikan nama dikirim ke kantor pajak."),
    F("izin", LIGHT, "sekretaris", "Stempel koperasi masih nama lama.", "Pesan stempel sesuai SK, yang lama disimpan.", "Stempel baru dipesan di {kota}."),
    F("izin", MIDDLE, "ketua", "SK perubahan pengurus belum diurus ke notaris, {wakil_anggota} sudah pindah.", "Rapat anggota khusus dulu, baru notaris.", "Undangan rapat anggota khusus dibuat.", ("pindah",)),
    F("izin", MIDDLE, "ketua", "Akad pembiayaan syariah belum pernah dilihat pengawas syariah.", "Minta penyuluh KUA {kec} sbg pembina dulu.", "Contoh akad dibawa ke KUA utk dibaca.", ("syariah",)),
)

ONLINE = (
    F("simkopdes", LIGHT, "sekretaris", "Profil di SIMKOPDES masih alamat lama dan nomor lama.", "Perbarui {waktu_daring}, data sudah saya tulis di lembar.", "Profil SIMKOPDES diperbarui."),
    F("simkopdes", MIDDLE, "sekretaris", "Anggota di SIMKOPDES {n_simkopdes}, di buku {n_anggota}.", "Unggah per 10 orang, foto KTP disiapkan.", "Anggota diunggah bertahap, 10 orang per minggu."),
    F("simkopdes", LIGHT, "sekretaris", "Potensi {wilayah} di SIMKOPDES kosong.", "Isi tiga yang utama dulu, angkanya minta {kantor}.", "Potensi diisi bersama kaur {kantor}."),
    F("simkopdes", MIDDLE, "ketua", "Kata sandi SIMKOPDES dipegang mahasiswa KKN, sekarang tidak bisa masuk.", "Pulihkan lewat nomor {ketua}, jangan pinjamkan lagi.", "Akun SIMKOPDES dipulihkan ke nomor {ketua}."),
    F("simkopdes", LIGHT, "sekretaris", "Foto gerai di SIMKOPDES bukan gerai ini.", "Ganti foto depan dan dalam, yang asli.", "Foto gerai diganti.", ("toko",)),
    F("simkopdes", MIDDLE, "bendahara", "Transaksi usaha {bln_lalu} belum diisi di SIMKOPDES.", "Siapkan angka dari rekap, isi waktu di {kota}.", "Transaksi {bln_lalu} diisi.", ("toko",)),
    F("simkopdes", MIDDLE, "sekretaris", "Tahap RAT di SIMKOPDES berhenti di 6, berita acara blm diunggah.", "Pindai berita acara di {kantor}, lanjutkan sampai tahap 9.", "Berita acara RAT dipindai dan diunggah.", ("rat",)),
    F("simkopdes", LIGHT, "sekretaris", "Titik koordinat kantor di SIMKOPDES jatuh di laut.", "Betulkan pakai titik dari kunjungan ini.", "Titik koordinat dibetulkan.", ("kutim",)),
    F("simkopdes", LIGHT, "sekretaris", "Akun karyawan gerai masih aktif padahal {pegawai} sudah berhenti.", "Nonaktifkan lewat Kelola Akses.", "Akun karyawan lama dinonaktifkan.", ("toko", "malang")),
)

LAND = (
    F("aset", MIDDLE, "ketua", "Tanah calon gerai milik {wilayah}, surat hibah pakai belum ada.", "Minta surat dari {kades}, lampirkan denah.", "Surat penggunaan tanah diminta ke {kades}."),
    F("aset", HEAVY, "bendahara", "Gedung gerai bangunan Agrinas dicatat sbg aset koperasi {rp_gedung}.", "Keluarkan dari daftar aset, gedung itu milik {wilayah}; catat hak pakainya saja.", "Gedung dikeluarkan dari aset tetap.", ("bangunan",)),
    F("aset", MIDDLE, "ketua", "Pembangunan gerai berhenti di {persen} persen, tukang pulang sejak {tgl_lalu}.", "Foto tiap kunjungan, {kades} menyurat ke pelaksana.", "Surat ke pelaksana dibuat {kades}.", ("bangunan",)),
    F("aset", LIGHT, "ketua", "Tiang listrik terdekat {n20} m dari gerai baru, biaya sambung blm ada.", "Minta hitungan PLN, masukkan rencana.", "Hitungan sambungan diminta ke PLN.", ("bangunan",)),
    F("aset", HEAVY, "ketua", "Batas tanah gerai dipersoalkan keluarga {warga}.", "Jangan bangun dulu, ukur ulang dgn {kades} dan saksi batas.", "Ukur ulang tanah dgn saksi batas.", ("tanah",)),
    F("aset", MIDDLE, "ketua", "Tanah urug gerai kurang, halaman tergenang sesudah hujan.", "Hitung kebutuhan ret, tanya dana {wilayah}.", "Kebutuhan urug dihitung dgn {kades}.", ("bangunan",)),
    F("aset", LIGHT, "sekretaris", "Fotokopi sertifikat tanah desa tidak ada di map koperasi.", "Minta fotokopi ke {kantor} utk lampiran.", "Fotokopi surat tanah disimpan."),
    F("aset", MIDDLE, "ketua", "Motor roda tiga bantuan dipakai pribadi {warga2}.", "Buat buku pemakaian, disimpan malam di {kantor}.", "Buku pemakaian motor roda tiga dibuat.", ("toko",)),
)

PLANS = (
    F("rencana", MIDDLE, "ketua", "Rencana bisnis hasil salin dari {wilayah} lain, angka penduduknya bukan {desa}.", "Susun ulang dari angka gerai sendiri, saya bantu hitung.", "Angka rencana bisnis diganti dgn angka gerai sendiri."),
    F("rencana", HEAVY, "ketua", "Angsuran di rencana bisnis {rp_juta} per bulan, laba gerai belum sampai sepertiganya.", "Kecilkan pinjaman atau mulai dari modal kerja saja.", "Rencana dihitung ulang dgn pinjaman lebih kecil.", ("rencana",)),
    F("rencana", MIDDLE, "wakil_usaha", "Rencana tidak menyebut {n5} warung yang sudah ada di {desa}.", "Data warung dan barangnya, pilih yang belum ada.", "Warung didata, dilampirkan di rencana."),
    F("rencana", LIGHT, "sekretaris", "Proposal baru dicetak satu rangkap, tanda tangan {bendahara} belum.", "Cetak dua rangkap, tanda tangan lengkap dan stempel.", "Proposal dicetak dua rangkap lengkap.", ("rencana",)),
    F("rencana", MIDDLE, "ketua", "{musyawarah} soal pinjaman blm diadakan, surat permohonan sudah dibuat.", "Tunda surat, {musyawarah} dulu.", "Jadwal {musyawarah} diminta ke {kades}."),
    F("rencana", MIDDLE, "wakil_usaha", "Harga beli di rencana pakai harga {kota}, ongkos ke {desa} tidak dihitung.", "Tambah ongkos per karton dari nota.", "Harga di rencana ditambah ongkos.", ("kutim",)),
    F("rencana", LIGHT, "wakil_usaha", "Rencana kerja {thn} ada, tapi tdk ada siapa mengerjakan apa.", "Tambah kolom nama dan bulan.", "Rencana kerja dilengkapi nama dan bulan."),
    F("rencana", MIDDLE, "bendahara", "RAPB {thn} beda dgn rencana kerja, biaya RAT tidak masuk.", "Turunkan RAPB dari rencana kerja per kegiatan.", "RAPB disusun ulang dari rencana kerja."),
)
