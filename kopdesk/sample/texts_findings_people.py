"""What an assistant finds among members, officers, staff and meetings, with advice and promise."""

from kopdesk.sample.texts_findings_books import HEAVY, LIGHT, MIDDLE, FindingText

F = FindingText

MEMBERS = (
    F("anggota", MIDDLE, "sekretaris", "Buku daftar anggota {n20} orang tanpa tanda tangan.", "Edarkan lewat RT, minta tanda tangan waktu bayar simpanan.", "Tanda tangan anggota dilengkapi lewat RT."),
    F("anggota", MIDDLE, "sekretaris", "NIK {n5} anggota kurang digit, tidak bisa diunggah.", "Cocokkan dgn KK di {kantor}.", "NIK dibetulkan dari KK."),
    F("anggota", LIGHT, "wakil_anggota", "Tidak ada anggota baru sejak {bln_jauh}.", "Datangi posyandu dan kelompok tani, jelaskan manfaatnya.", "Sosialisasi anggota di posyandu {dusun}."),
    F("anggota", MIDDLE, "sekretaris", "{n2} anggota pindah ke {kota_lain}, masih dihitung anggota aktif.", "Minta surat keluar, kembalikan simpanan sesuai AD.", "Anggota pindah diproses keluar."),
    F("anggota", LIGHT, "wakil_anggota", "Anggota baru {n5} orang belum disetujui rapat pengurus.", "Masukkan ke notulen rapat berikut.", "Anggota baru disetujui di rapat pengurus."),
    F("anggota", MIDDLE, "wakil_anggota", "Anggota mengira koperasi membagi bantuan, simpanan tdk mau bayar.", "Jelaskan di pertemuan RT: modal dari anggota sendiri.", "Penjelasan simpanan di pertemuan RT."),
    F("anggota", LIGHT, "sekretaris", "Formulir pendaftaran {n20} lembar belum disalin ke buku anggota.", "Salin urut tanggal, satu sore cukup.", "Formulir disalin ke buku anggota."),
    F("anggota", MIDDLE, "sekretaris", "Satu orang terdaftar dua kali ({warga}), nomor anggota berbeda.", "Pakai nomor lama, yang baru dicoret dgn paraf.", "Nomor ganda {warga} dicoret."),
    F("anggota", LIGHT, "wakil_anggota", "Anggota perempuan baru {n5} orang, pertemuan selalu malam.", "Coba sore sesudah pengajian ibu-ibu.", "Pertemuan sore utk ibu-ibu dicoba."),
    F("anggota", LIGHT, "wakil_anggota", "Warga kos ingin jadi anggota, KTP luar kelurahan.", "Menurut AD harus ber-KTP sini, boleh belanja sbg bukan anggota.", "Jawaban utk warga kos ditempel di gerai.", ("kos",)),
    F("anggota", MIDDLE, "wakil_anggota", "Anggota di {dusun} jarang datang krn jalan putus waktu hujan.", "Titip tagihan lewat ketua RT, catat tanda terima.", "Tagihan {dusun} dititip ketua RT.", ("kutim",)),
    F("anggota", LIGHT, "wakil_anggota", "Grup pesan anggota isinya jualan pribadi, pengumuman tenggelam.", "Buat grup pengumuman, hanya pengurus yang menulis.", "Grup pengumuman anggota dibuat.", ("malang",)),
)

OFFICERS = (
    F("pengurus", HEAVY, "ketua", "{ketua} dan {bendahara} tdk bicara sejak {bln_ribut}, uang keluar tanpa tanda tangan berdua.", "Duduk bersama pengawas, sementara belanja di atas 300 ribu dua tanda tangan.", "Aturan dua tanda tangan dijalankan, disaksikan {kades}.", ("ribut",)),
    F("pengurus", HEAVY, "bendahara", "{bendahara} tidak mau menyerahkan buku simpanan ke {ketua}.", "Buku disimpan di {kantor}, keduanya boleh lihat.", "Buku simpanan ditaruh di {kantor}.", ("ribut",)),
    F("pengurus", MIDDLE, "kades", "Anggota mulai pilih pihak {ketua} atau {bendahara}, setoran turun.", "{kades} sbg ketua pengawas memimpin rapat damai.", "Rapat damai dipimpin {kades}.", ("ribut",)),
    F("pengurus", MIDDLE, "ketua", "Rapat pengurus terakhir {bln_jauh}.", "Rapat singkat sebulan sekali, tanggal tetap.", "Rapat pengurus tiap tanggal 5."),
    F("pengurus", MIDDLE, "ketua", "{wakil_usaha} kerja di perusahaan sawit, tidak pernah hadir siang.", "Bagi tugas, yang siang {pegawai}, laporan malam.", "Pembagian tugas ditulis dan ditempel.", ("sawit",)),
    F("pengurus", LIGHT, "sekretaris", "Tugas pengurus belum tertulis, semua dikerjakan {sekretaris}.", "Satu lembar uraian tugas, dibacakan di rapat.", "Uraian tugas pengurus dibuat."),
    F("pengurus", MIDDLE, "kades", "Pengawas belum pernah memeriksa sejak dilantik.", "Jadwalkan triwulan, mulai dari kas.", "Pengawas memeriksa kas dan buku."),
    F("pengurus", MIDDLE, "ketua", "{wakil_anggota} sudah pindah ke {kota_lain}, tugas keanggotaan kosong.", "Tunjuk pelaksana sementara lewat rapat, nanti disahkan di RA.", "Pelaksana sementara ditunjuk di rapat.", ("pindah",)),
    F("pengurus", LIGHT, "ketua", "Dua pengurus belum ikut pelatihan pembukuan.", "Usulkan ke dinas gelombang berikut.", "Nama peserta pelatihan dikirim ke dinas."),
    F("pengurus", MIDDLE, "ketua", "Anak {ketua} jadi kasir tanpa keputusan rapat.", "Bahas terbuka, kalau setuju tulis di notulen.", "Penunjukan kasir dibahas di rapat.", ("toko",)),
    F("pengurus", LIGHT, "bendahara", "Honor pengurus diambil tiap bulan, besarnya belum diputus RA.", "Tahan dulu, masukkan RAPB.", "Honor ditahan sampai RA."),
    F("pengurus", MIDDLE, "ketua", "Hanya {sekretaris} yang bisa pakai laptop.", "Latih satu orang lagi, gantian mengetik.", "{wakil_anggota} ikut belajar mengetik laporan."),
    F("karyawan", LIGHT, "ketua", "{pegawai} kerja {n5} bulan tanpa surat tugas.", "Buat surat tugas: jam kerja, upah, setoran.", "Surat tugas {pegawai} dibuat.", ("toko",)),
    F("karyawan", MIDDLE, "ketua", "Upah {pegawai} diambil langsung dari laci tiap Sabtu.", "Bayar lewat {bendahara} dengan kuitansi.", "Upah dibayar lewat bendahara.", ("toko",)),
    F("karyawan", LIGHT, "wakil_usaha", "Tidak ada yang menggantikan {pegawai} kalau sakit.", "Latih satu cadangan dari PKK.", "Cadangan penjaga dilatih seminggu.", ("toko",)),
)

MEETINGS = (
    F("rapat", MIDDLE, "sekretaris", "Daftar hadir RAT {thn_lalu} kurang {n5} tanda tangan, kuorum jadi pas-pasan.", "Lengkapi dari foto dan undangan, jangan tambah yang tidak hadir.", "Daftar hadir RAT dilengkapi.", ("rat",)),
    F("rapat", HEAVY, "ketua", "RAT tahun buku {thn_lalu} belum diadakan.", "Tetapkan tanggal, laporan keuangan sebulan sebelumnya.", "Tanggal RAT ditetapkan, undangan disiapkan.", ("tanpa_rat",)),
    F("rapat", MIDDLE, "bendahara", "Pembagian SHU di berita acara jumlahnya {n_shu} persen.", "Harus pas 100, betulkan dan bacakan ke pengawas.", "Pembagian SHU dibetulkan jadi 100 persen.", ("rat",)),
    F("rapat", LIGHT, "sekretaris", "Notulen RAT belum ditandatangani wakil anggota.", "Minta dua wakil anggota yang hadir.", "Notulen RAT ditandatangani.", ("rat",)),
    F("rapat", MIDDLE, "ketua", "Anggaran rumah tangga masih contoh, pasal bon dan denda kosong.", "Isi pasal yang dipakai sehari-hari dulu.", "Rancangan ART dibahas pengurus."),
    F("rapat", LIGHT, "ketua", "Undangan rapat lewat mulut saja, yang datang {n5} orang.", "Tempel undangan tiga hari sebelumnya di {kantor} dan masjid.", "Undangan rapat ditempel tiga hari sebelumnya."),
    F("rapat", LIGHT, "sekretaris", "Berita acara {musyawarah} pembentukan cuma ada foto, lembar asli di {kantor}.", "Pindai dan simpan satu salinan.", "Berita acara pembentukan dipindai."),
    F("rapat", MIDDLE, "pengawas", "Laporan pengawas utk RAT belum dibuat.", "Satu halaman cukup: apa diperiksa, hasil, saran.", "Laporan pengawas satu halaman dibuat.", ("tanpa_rat",)),
)
