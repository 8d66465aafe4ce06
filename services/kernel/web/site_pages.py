"""Pages of the site that services name themselves: in print, in a file, to readers without JavaScript.

Everywhere else a service sends a code, and the site knows on which page it is put right (web/site/remedies.py).
What was printed leads here for good; tests/web/test_addresses.py holds each address against the site.
"""

SIGN_IN = "/masuk/"
"""Printed on the Kartu Informasi Akun."""
ACCOUNT = "/akun/"
"""Printed on every activation sheet, in words and as QR code; the fragment brings the code along."""
RECLAIM = "/akun/nik-digunakan/"
"""The same, on a sheet for somebody who has an account already."""
CARD = "/kartu/"
"""Printed on every card, in words and as QR code; also where the answer to a look without JavaScript leads back to."""
ANNOUNCEMENTS = "/pengumuman/"
"""Printed on the SPTJM as QR code: an institution's list stands below it."""
RECORD = "/instansi/orang/detail/"
"""In the answer file of an import, which is read in a spreadsheet."""
CASE = "/laporan/"
"""Where whoever filed a case follows it by number and code."""
HEARING = "/laporan/jawab/"
"""Printed on the notice of a tanggapan: there whom it is about answers it."""
CASE_REFUSED = "/laporan/gagal/"
"""Where a form of the public that was sent without JavaScript ends when it was not taken; the fragment says why."""
INVITATION = "/instansi/undangan/"
"""In the mail or on the paper by which a member of staff is invited; the fragment opens it."""
NEW_PASSWORD = "/instansi/sandi-baru/"  # noqa: S105 - an address
"""In the mail to a member of staff who forgot his password; the fragment opens it."""
