"""What people read for each problem code: (title, default detail), in Indonesian. Says what to do next."""

from services.kernel.problems import Code, Problem

TEXTS: dict[Code, tuple[str, str]] = {
    Code.MALFORMED: (
        "Permintaan tidak dapat dibaca",
        "Isi permintaan bukan JSON yang benar. Muat ulang halaman, lalu coba lagi.",
    ),
    Code.UNAUTHENTICATED: (
        "Anda belum masuk",
        "Silakan masuk terlebih dahulu, lalu ulangi. Isian Anda tetap ada di halaman.",
    ),
    Code.WRONG_CREDENTIALS: (
        "Nomor atau kata sandi salah",
        "Periksa kembali NIK/NIP dan kata sandi Anda. Lupa kata sandi? Baca halaman Bantuan.",
    ),
    Code.FORBIDDEN: (
        "Tidak diizinkan",
        "Peran Anda tidak boleh melakukan tindakan ini. Hubungi admin instansi Anda.",
    ),
    Code.CAPTCHA_FAILED: (
        "Pemeriksaan keamanan gagal",
        "Pemeriksaan keamanan sudah terpakai atau kedaluwarsa. Tunggu pemeriksaan baru selesai, lalu kirim lagi.",
    ),
    Code.CAPTCHA_REQUIRED: (
        "Pemeriksaan keamanan diperlukan",
        "Kata sandi untuk nomor ini sudah beberapa kali salah, atau jaringan Anda sedang ramai. Kirim lagi; "
        "pemeriksaan keamanan berjalan sendiri di halaman Masuk.",
    ),
    Code.ENTERED_BY_YOU: (
        "Perlu pemeriksa lain",
        "Baris ini Anda masukkan atau ubah sendiri, sehingga harus diverifikasi oleh petugas lain di instansi Anda.",
    ),
    Code.ENTERED_BY_SPONSOR: (
        "Perlu pemeriksa lain",
        "Baris ini dimasukkan, diubah, atau dilengkapi berkasnya oleh petugas yang mengundang Anda, sehingga harus "
        "diverifikasi oleh petugas yang diundang orang lain.",
    ),
    Code.SECOND_PERSON_NEEDED: (
        "Perlu petugas kedua",
        "Yang meminta tidak boleh menyetujui sendiri. Minta petugas lain yang berwenang menyetujuinya.",
    ),
    Code.OWN_ACCOUNT: (
        "Ini akun Anda sendiri",
        "Tindakan ini tidak dapat dilakukan pada akun sendiri. Minta admin lain di instansi Anda atau BKN.",
    ),
    Code.WRONG_CODE: (
        "Kode salah",
        "Isi 6 angka yang sedang tampil di aplikasi autentikator, atau satu kode pemulihan yang belum dipakai. "
        "Periksa jam ponsel Anda.",
    ),
    Code.NOT_CONFIRMED: (
        "Akun menunggu konfirmasi",
        "Yang mengundang Anda belum mengonfirmasi akun ini. Hubungi beliau, lalu masuk lagi.",
    ),
    Code.INVITATION_OVER: (
        "Undangan tidak berlaku lagi",
        "Undangan ini sudah dipakai, ditarik, atau lewat 72 jam. Minta undangan baru kepada yang mengundang Anda.",
    ),
    Code.APPLICATION_OPEN: (
        "Permohonan sedang diproses",
        "Buka statusnya dengan nomor dan kode yang Anda simpan. Hasilnya juga dikirim ke email permohonan itu.",
    ),
    Code.APPLICATION_WITHOUT_LETTER: (
        "Surat penunjukan belum ada",
        "Permohonan baru dapat disetujui setelah suratnya diterima. Tunggu pemohon mengunggahnya, atau tolak "
        "dengan alasan.",
    ),
    Code.TICKET_OVER: (
        "Waktu untuk mengunggah sudah habis",
        "Berkas belum terkirim. Buka lagi laporan atau status permohonan dengan nomor dan kode Anda, lalu unggah lagi.",
    ),
    Code.HANDOVER_OVER: (
        "Keputusan atas kasus ini tidak dapat diteruskan",
        "Keputusan harus diteruskan oleh yang menekannya, dalam sepuluh menit. Buka lagi kasusnya, lalu putuskan.",
    ),
    Code.OWN_RECORD: (
        "Ini data Anda sendiri",
        "Data ini milik Anda sendiri; minta petugas lain di instansi Anda melakukannya.",
    ),
    Code.NOT_FOUND: ("Tidak ditemukan", "Alamat atau data yang diminta tidak ada, atau bukan milik Anda."),
    Code.NOT_REGISTERED: (
        "Anda Belum Didaftarkan oleh Admin Instansi",
        "Data Anda belum didaftarkan atau berbeda dengan yang didaftarkan instansi. Hubungi bagian kepegawaian "
        "instansi tempat Anda bekerja. Untuk data kependudukan, hubungi Halo Dukcapil 1500537.",
    ),
    Code.METHOD_NOT_ALLOWED: ("Metode tidak didukung", "Alamat ini tidak menerima tindakan tersebut."),
    Code.CONFLICT: (
        "Data bertabrakan",
        "Data lain yang sama sudah ada. Muat ulang halaman untuk melihat keadaan terakhir.",
    ),
    Code.PERSONAL_NUMBER: (
        "Ada nomor pribadi pada isian yang diumumkan",
        "Isian yang dilihat orang lain tidak boleh memuat NIK, nomor KK, telepon, email, atau tanggal.",
    ),
    Code.ACCOUNT_EXISTS: (
        "NIK ini sudah memiliki akun",
        'Silakan masuk. Bila bukan Anda yang membuat akun, baca "NIK saya digunakan orang lain" pada halaman Bantuan.',
    ),
    Code.VERSION_MOVED: (
        "Data sudah berubah",
        "Data ini diubah di tempat lain sejak Anda membukanya. Muat ulang, periksa, lalu kirim lagi.",
    ),
    Code.ILLEGAL_TRANSITION: (
        "Tindakan tidak berlaku pada status ini",
        "Status data ini tidak memungkinkan tindakan tersebut. Muat ulang untuk melihat status terakhir.",
    ),
    Code.WRONG_PHASE: (
        "Tahap instansi tidak sesuai",
        "Instansi tidak sedang berada pada tahap yang memungkinkan tindakan ini.",
    ),
    Code.VERDICT_TOO_EARLY: (
        "Belum dapat diputuskan",
        "Data ini baru saja dikembalikan. Beri orangnya waktu memperbaiki, lalu putuskan.",
    ),
    Code.WINDOW_CLOSED: ("Batas waktu sudah lewat", "Jadwal untuk tindakan ini sudah ditutup."),
    Code.WINDOW_NOT_OPEN: ("Jadwal belum dibuka", "Jadwal untuk tindakan ini belum dibuka."),
    Code.RETURN_TOO_LATE: (
        "Tidak dapat dikembalikan lagi",
        "Waktu untuk mengembalikan data sudah lewat. Putuskan menurut data yang ada.",
    ),
    Code.WITHDRAWAL_TOO_LATE: (
        "Putusan tidak dapat ditarik lagi",
        "Putusan dapat ditarik oleh yang memutuskan dalam 10 menit. Bila keliru, kembalikan data ini kepada orangnya "
        "atau perbaiki datanya.",
    ),
    Code.RERUN_TOO_LATE: (
        "Terlalu dekat dengan penutupan verifikasi",
        "Dalam 3 hari terakhir sebelum verifikasi ditutup, daftar jabatan tidak dijalankan lagi di instansi ini.",
    ),
    Code.TOO_LARGE: ("Kiriman terlalu besar", "Perkecil isi kiriman, lalu coba lagi."),
    Code.UNSUPPORTED_MEDIA_TYPE: ("Jenis isi tidak didukung", "Kirim isi sebagai application/json."),
    Code.INVALID_FIELDS: (
        "Ada isian yang perlu diperbaiki",
        "Perbaiki isian yang ditandai, lalu kirim lagi.",
    ),
    Code.INCOMPLETE: ("Data belum lengkap", "Lengkapi bagian yang disebutkan, lalu kirim lagi."),
    Code.NOT_BACKED: (
        "Belum ada bukti bahwa ini Anda",
        "Akun belum dibuat. Pilih satu dari tiga cara: isi kode yang dikirim ke email atau nomor HP Anda, isi kode "
        "dari lembar kode aktivasi, atau minta petugas instansi mengisi 6 angka dari halaman ini pada data Anda.",
    ),
    Code.THROTTLED: ("Terlalu banyak percobaan", "Tunggu sebentar, lalu coba lagi."),
    Code.INTERNAL: (
        "Terjadi kesalahan pada sistem",
        "Isian Anda tidak hilang. Coba lagi; bila berulang, sampaikan nomor permintaan ini kepada admin instansi Anda.",
    ),
    Code.TRY_AGAIN: ("Sistem sedang sibuk", "Data belum tersimpan. Tunggu sebentar, lalu kirim lagi."),
    Code.OUTCOME_UNKNOWN: (
        "Jawaban tidak datang pada waktunya",
        "Kami tidak tahu apakah isian Anda tersimpan. Tekan lagi tombol yang sama: yang sudah tersimpan tidak "
        "tersimpan dua kali.",
    ),
}


def sentence_of(problem: Problem) -> str:
    """What a refusal says, in one line."""
    return problem.detail or TEXTS[problem.code][1]
