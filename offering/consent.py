"""What an owner agrees to, in plain words. A change of the words is another version; each offer keeps the version it agreed to."""

from __future__ import annotations

from neighborhoods.wording import said

VERSION = "2026-11"

TEXT = (
    said("Kamera ini milik saya, atau pemiliknya mengizinkan saya menawarkannya."),
    said("Gambarnya boleh dilihat langsung lewat portal ini, paling luas oleh mereka yang saya pilih di bawah."),
    said("Ketua RT dan petugas boleh mempersempit siapa yang melihat, tidak boleh memperluasnya."),
    said(
        "Kamera menghadap jalan atau tempat umum, bukan ke dalam rumah orang, dan di tempatnya ada pemberitahuan bahwa ada kamera."
    ),
    said(
        "Portal tidak merekam dan tidak mengenali wajah. Alamat dan kata sandi kamera disimpan terkunci, tidak ditampilkan lagi."
    ),
    said(
        "Saya dapat menarik kamera ini kapan saja dengan satu tombol. Tayangan langsung berhenti, alamat dan kata sandinya dihapus."
    ),
)
