"""What each deed of the audit trail is called by people: every action that any service writes into a link.

Other services' deltas are sealed with keys of their own, so of their deeds the action's name is all there is to tell.
A test holds this list against the services' source.
"""

from collections.abc import Mapping
from typing import Final

IMPORTED: Final = "import-rows"

DEEDS: Final[Mapping[str, str]] = {
    # A record, from its registration to its verdict.
    "register": "Mendaftarkan orang ini lewat formulir, atau melengkapi drafnya sampai terdaftar.",
    "edit-draft": "Mengubah draf.",
    "correct": "Memperbaiki data yang sudah terdaftar.",
    "enter-history": "Memasukkan riwayat pekerjaan untuk orang ini.",
    "correct-history": "Memperbaiki riwayat pekerjaan yang dimasukkan instansi.",
    "drop-history": "Mengeluarkan riwayat pekerjaan yang dimasukkan instansi.",
    IMPORTED: "Memasukkan sekelompok orang dari berkas impor.",
    "make-account": "Membuat akun.",
    "confirm-active": "Menyatakan apakah masih aktif bekerja.",
    "edit-biodata": "Mengubah kontak atau data pendidikan.",
    "add-history": "Menambah riwayat pekerjaan.",
    "change-history": "Mengubah riwayat pekerjaan.",
    "remove-history": "Menghapus riwayat pekerjaan.",
    "submit": "Mengakhiri proses pendaftaran.",
    "withdraw": "Menarik kembali pendaftaran yang sudah diakhiri.",
    "qualify": "Memutuskan: memenuhi syarat.",
    "disqualify": "Memutuskan: tidak memenuhi syarat.",
    "return": "Mengembalikan data untuk diperbaiki.",
    "withdraw-verdict": "Menarik putusannya sendiri, sehingga data perlu diputuskan lagi.",
    "void-verdict": "Menambah atau mengganti berkas, sehingga putusan batal dan data perlu diputuskan lagi.",
    "claim-elsewhere": "Mendaftarkan NIK yang sama di instansi lain, sehingga data ini menjadi sengketa.",
    "release-claim": "Melepas NIK ini di instansi lain, sehingga sengketa selesai.",
    "transfer": "Memindahkan orang ini ke instansi lain.",
    "return-transfer": "Membatalkan pemindahan ke instansi lain.",
    "delete": "Mengeluarkan orang ini dari daftar.",
    "restore": "Mengembalikan orang ini ke daftar.",
    "ask-correction": "Memohon perbaikan data yang dicatat instansi.",
    "decide-request": "Memutuskan permohonan perbaikan.",
    "withdraw-request": "Menarik permohonan perbaikan.",
    "ask-second-look": "Meminta tinjauan ulang atas permohonan yang ditolak.",
    "answer-statement": "Menjawab pernyataan bahwa orang ini tidak bekerja lagi.",
    "ask-nik-correction": "Mengajukan perbaikan NIK.",
    "drop-nik-correction": "Menarik atau menolak pengajuan perbaikan NIK.",
    "advise-anew": "Menilai lagi jabatan orang ini menurut daftar jabatan yang baru.",
    "correct-nik": "Memperbaiki NIK, sehingga data diteruskan dengan NIK yang benar.",
    # Who looked at what.
    "read-requests": "Membaca permohonan perbaikan dan pernyataan tidak bekerja lagi.",
    "read-record": "Membuka catatan orang ini.",
    "read-history": "Membuka riwayat catatan orang ini.",
    "show-nik": "Menampilkan NIK orang ini secara lengkap.",
    "read-roster": "Membaca daftar orang instansi.",
    "read-recap": "Membaca putusan dan perubahan yang dipertanggungjawabkan PPK.",
    "print-statement": "Mencetak pernyataan kepala unit dengan daftar orangnya.",
    "read-answers": "Membaca hasil pemeriksaan impor.",
    "read-result": "Mengunduh hasil pemeriksaan impor.",
    "confirm-import": "Menerapkan perbaikan dari impor yang membatalkan lebih dari 50 putusan.",
    "withdraw-import": "Menarik perbaikan dari impor yang membatalkan putusan.",
    "read-deeds": "Membuka riwayat seorang pengguna.",
    "read-usulan": "Membaca usulan masyarakat.",
    "take-data-copy": "Mengambil salinan datanya sendiri.",
    # Lists of excluded job titles.
    "load-titles": "Mengunggah daftar jabatan yang dikecualikan.",
    "count-titles": "Menghitung lagi dampak daftar jabatan yang dikecualikan.",
    "run-titles": "Menjalankan daftar jabatan yang dikecualikan.",
    "call-off-titles": "Membatalkan pelaksanaan daftar jabatan yang dikecualikan.",
    "drop-titles": "Membatalkan daftar jabatan yang dikecualikan.",
    "resume-titles": "Melanjutkan pelaksanaan daftar jabatan yang dikecualikan.",
    # Activation sheets.
    "order-sheets": "Memesan lembar kode aktivasi untuk sebuah unit.",
    "print-sheets": "Mencetak lembar kode aktivasi.",
    "fetch-sheets": "Mengambil berkas lembar kode aktivasi.",
    "vouch": "Menyatakan di loket bahwa ini orangnya.",
    "open-reclaim": "Meminta akun ini dengan lembar kode aktivasi, padahal pemiliknya sudah dipastikan.",
    "refuse-reclaim": "Menyatakan bahwa akun yang diminta orang lain adalah miliknya.",
    "decide-reclaim": "Memutuskan milik siapa akun yang diminta dengan lembar kode aktivasi.",
    "reclaim": "Mengambil kembali akun dari orang lain, dengan lembar kode aktivasi.",
    "request-sheet": "Meminta lembar kode aktivasi bagi orang ini, yang sudah punya akun.",
    "agree-sheet": "Menyetujui lembar kode aktivasi bagi orang ini, yang sudah punya akun.",
    "refuse-sheet": "Membatalkan permintaan lembar kode aktivasi.",
    "type-sheet": "Mengisi kode dari lembar aktivasinya.",
    "print-sheet": "Memesan lembar kode aktivasi baru untuk orang ini.",
    # Files.
    "request-upload": "Mulai mengunggah berkas.",
    "inspect-upload": "Memeriksa berkas yang diunggah.",
    "list-files": "Membaca daftar berkas.",
    "read-file": "Membuka berkas.",
    "take-file-copy": "Mengambil salinan berkasnya sendiri.",
    # An institution's round.
    "institution.rechecked": "Membuka kembali verifikasi sebuah instansi, tanpa surat.",
    "send-message": "Menulis kepada admin instansi yang dipilih.",
    "institution.opened": "Membuka pendataan instansi.",
    "institution.recorded": "Mengubah data instansi.",
    "institution.started": "Memulai masa pengisian data instansi.",
    "institution.calendar_applied": "Menerapkan jadwal nasional pada instansi.",
    "institution.extended": "Memperpanjang waktu instansi.",
    "institution.prefinalized": "Melakukan pra-finalisasi.",
    "institution.prefinal_listed": "Mencatat daftar pra-finalisasi.",
    "institution.finalized": "Melakukan finalisasi.",
    "institution.locked": "Mengunci data instansi.",
    "institution.sealed": "Mencatat segel data instansi.",
    "waiver.granted": "Mengizinkan satu orang memutuskan baris yang ia masukkan sendiri.",
    "waiver.withdrawn": "Mencabut izin bagi kantor satu petugas.",
    "banner.set": "Memasang pemberitahuan di semua halaman.",
    "banner.withdrawn": "Menurunkan pemberitahuan di semua halaman.",
    "institution.reopened": "Membuka kembali instansi yang sudah terkunci.",
    "extension.requested": "Mengajukan perpanjangan waktu.",
    "extension.decided": "Memutuskan permohonan perpanjangan waktu.",
    "sptjm.generated": "Membuat naskah SPTJM.",
    "sptjm.submitted": "Mengirim SPTJM yang sudah ditandatangani.",
    "sptjm.decided": "Memutuskan SPTJM.",
    "handover.fetched": "Mengambil paket serah terima: daftar final, SPTJM, dan segel.",
    "calendar.set": "Mengubah jadwal nasional.",
    # An institution's units and contact.
    "add-units": "Menambah unit kerja pada daftar unit.",
    "change-unit": "Mengubah nama, induk, atau nama lain unit kerja.",
    "remove-unit": "Mengeluarkan unit kerja dari daftar unit.",
    "change-job": "Menetapkan rumpun atau jabatan sepadan bagi sebuah jabatan.",
    "set-contact": "Menulis kontak instansi untuk umum.",
    # Accounts of staff.
    "invite": "Mengundang petugas.",
    "approve-invitation": "Menyetujui undangan atau pemulihan akun petugas.",
    "refuse-invitation": "Menolak undangan atau pemulihan akun petugas.",
    "send-invitation-again": "Mengirim ulang atau mencetak undangan petugas.",
    "withdraw-invitation": "Menarik kembali undangan petugas.",
    "accept-invitation": "Menerima undangan dan membuat akun petugas.",
    "confirm-account": "Memastikan bahwa undangan diterima oleh orang yang benar.",
    "start-recovery": "Memulai pemulihan akun petugas.",
    "apply-for-admin": "Mengajukan permohonan menjadi admin instansi.",
    "approve-application": "Menyetujui permohonan admin instansi dan mengundang pemohon.",
    "refuse-application": "Menolak permohonan admin instansi.",
    "read-application": "Membuka permohonan admin instansi.",
    "withdraw-application": "Mencabut permohonan admin instansi.",
    "change-role": "Mengubah peran atau unit seorang petugas.",
    "disable-account": "Menonaktifkan akun seorang petugas.",
    "forget-own-nik": "Menghapus pernyataan NIK seorang petugas agar diisi lagi.",
    "change-password": "Mengganti kata sandi sendiri.",
    "set-forgotten-password": "Membuat kata sandi baru setelah lupa.",
    "change-phone": "Mengganti aplikasi kode sekali pakai sendiri.",
    "make-recovery-codes": "Membuat kode pemulihan baru.",
    "change-email": "Mengganti alamat email sendiri.",
    "declare-own-nik": "Menyatakan NIK sendiri, atau bahwa tidak terdaftar.",
    "end-sign-in": "Mengakhiri sesi masuk sendiri.",
    # An institution's list.
    "approve-release": "Menyetujui pembukaan satu baris yang disunting pada daftar final.",
}


def tell_deed(action: str) -> str:
    """The deed in words; by its bare name where it has none, so that nothing is left out."""
    return DEEDS.get(action) or f"Tindakan lain: {action}."


def tell_import(import_id: str, row: int) -> str:
    """By which row of which import somebody was registered."""
    return f"Mendaftarkan orang ini lewat impor {import_id}, baris {row}."
