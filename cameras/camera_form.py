"""The form of a camera in the administration. What is secret goes in and never comes out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighborhoods.locate import locator
from neighborhoods.retelling import retold

from . import naming
from .addresses import Address, Credentials, WrongAddress, beside_main, parse, tells_an_address
from .models import Camera, CameraSource
from .naming import Spot
from .sealing import CannotOpen
from .sources import Source, open_source

READ_BY_ALL = frozenset({"name", "purpose", "switch_reason"})


class WriteOnlyInput(forms.TextInput):
    """Shows what is typed, but is always sent empty by the server, also after a mistake elsewhere in the form."""

    def format_value(self, value: Any) -> None:
        return None


class CameraForm(forms.ModelForm):  # type: ignore[type-arg]
    """A camera with its source. After ``is_valid``, *source* is what to keep, or None to leave everything as it is; *renamed* is the
    name that was made of the place, where the typed one tells nothing."""

    switch_reason = forms.CharField(
        label=gettext_lazy("Alasan mengubah keterlihatan"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Tercatat di riwayat."),
    )
    source_address = forms.CharField(
        label=gettext_lazy("Alamat kamera"),
        required=False,
        strip=True,
        max_length=2000,
        widget=WriteOnlyInput(attrs={"size": 60, "autocomplete": "off", "spellcheck": "false"}),
    )
    source_username = forms.CharField(
        label=gettext_lazy("Nama pengguna"),
        required=False,
        max_length=200,
        widget=WriteOnlyInput(attrs={"autocomplete": "off"}),
    )
    source_password = forms.CharField(
        label=gettext_lazy("Kata sandi"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    source_substream = forms.CharField(
        label=gettext_lazy("Alamat gambar kecil"),
        required=False,
        strip=True,
        max_length=2000,
        widget=WriteOnlyInput(attrs={"size": 60, "autocomplete": "off", "spellcheck": "false"}),
    )
    forget_substream = forms.BooleanField(label=gettext_lazy("Hapus alamat gambar kecil"), required=False)
    forget_credentials = forms.BooleanField(label=gettext_lazy("Hapus nama pengguna dan kata sandi"), required=False)

    class Meta:
        model = Camera
        fields = ["name", "category", "purpose", "kelurahan", "rt", "latitude", "longitude", "visibility"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source: Source | None = None
        self.renamed = ""
        if "name" in self.fields:
            self.fields["name"].required = False
        row = CameraSource.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        hints = {
            "source_address": (row is not None, _("Contoh: rtsp://192.168.1.10:554/stream1.")),
            "source_username": (bool(row and row.sealed_credentials), ""),
            "source_password": (
                bool(row and row.sealed_credentials),
                _("Bila host atau port pada alamat berganti, isi lagi keduanya."),
            ),
            "source_substream": (
                bool(row and row.sealed_substream),
                _("Untuk layar kecil, dengan nama dan kata sandi yang sama. Bila alamat kamera berganti, isi lagi."),
            ),
        }
        for name, (known, more) in hints.items():
            if name in self.fields:  # a person who may only look gets no such fields
                state = _("Sudah diisi; kosongkan bila tidak berubah.") if known else _("Belum diisi.")
                self.fields[name].help_text = f"{state} {more}".strip()
        if "visibility" in self.fields and self.instance.pk:
            # What the page showed when it was opened, so that a page that lay open undoes nobody's switch.
            self.fields["visibility"].show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._refuse_addresses(cleaned)
        self._name_by_place(cleaned)
        if "visibility" in self.changed_data and self.instance.pk:
            shown = self.data.get(self.add_initial_prefix("visibility"))
            now = Camera.objects.values_list("visibility", flat=True).get(pk=self.instance.pk)
            if shown != now:
                self.add_error("visibility", _("Baru saja diubah orang lain. Muat ulang halaman ini, lalu coba lagi."))
        self._check_place(cleaned.get("latitude"), cleaned.get("longitude"))
        try:
            self.source = self._wanted_source(cleaned)
        except WrongAddress as wrong:
            self.add_error("source_address", retold(str(wrong)))
        self._ask_again_for_source()
        return cleaned

    def _refuse_addresses(self, cleaned: dict[str, Any]) -> None:
        """An address in a field that everybody reads, such as the name: refused, and not shown again either."""
        for name in READ_BY_ALL & self.fields.keys():
            if tells_an_address(str(cleaned.get(name) or "")):
                self.add_error(name, _("Memuat sebuah alamat, padahal ini dibaca orang. Tulis di kolom alamat kamera."))
                blanked: Any = self.data.copy()  # type: ignore[attr-defined]
                blanked[self.add_prefix(name)] = ""
                self.data = blanked

    def _name_by_place(self, cleaned: dict[str, Any]) -> None:
        """An empty name, or one like "CAM 1", becomes one that is made of the place; *renamed* then says which."""
        kelurahan, rt = cleaned.get("kelurahan"), cleaned.get("rt")
        if "name" not in cleaned or kelurahan is None:
            return
        rw, number = (rt.rw.number, rt.number) if rt else ("", "")
        shown = naming.shown(cleaned["name"], Spot(kelurahan.name, rw, number, cleaned.get("category", "")))
        if shown != cleaned["name"]:
            cleaned["name"] = self.renamed = shown

    def _ask_again_for_source(self) -> None:
        """What was typed of the source never goes back to the page; so where something else is wrong, it must be typed again."""
        typed = any(
            self.data.get(self.add_prefix(name))
            for name in ("source_address", "source_username", "source_password", "source_substream")
        )
        if self.errors and typed and "source_address" not in self.errors:
            self.add_error(
                "source_address",
                _("Isi lagi alamat, nama pengguna, dan kata sandi: demi keamanan tidak ditampilkan lagi."),
            )

    def _wanted_source(self, cleaned: dict[str, Any]) -> Source | None:
        raw = cleaned.get("source_address") or ""
        beside = Credentials(cleaned.get("source_username") or "", cleaned.get("source_password") or "")
        forget = bool(cleaned.get("forget_credentials"))
        small, forget_small = cleaned.get("source_substream") or "", bool(cleaned.get("forget_substream"))
        if not (raw or beside or forget or small or forget_small):
            return None
        kept = self._kept_source()
        if raw:
            address, inside = parse(raw)
        elif kept is not None:
            address, inside = kept.address, Credentials()
        else:
            raise WrongAddress(_("Isi juga alamat kameranya."))
        old = Credentials() if kept is None or forget else self._still_good(kept, address)
        username = beside.username or inside.username or old.username
        # A password belongs to its user.
        password = beside.password or inside.password or (old.password if username == old.username else "")
        wanted = Credentials(username, password)
        self._check(wanted)
        # One that is kept belongs to the address that is kept: beside another it could show another place.
        stays = kept is not None and kept.address == address and not forget_small
        substream = kept.substream if kept is not None and stays else None
        return Source(address, wanted, self._small_pictures(small, address, wanted) if small else substream)

    def _small_pictures(self, raw: str, main: Address, credentials: Credentials) -> Address | None:
        try:
            return beside_main(raw, main, credentials)
        except WrongAddress as wrong:
            self.add_error("source_substream", retold(str(wrong)))
            return None

    def _still_good(self, kept: Source, address: Address) -> Credentials:
        """The kept credentials, for the same place in the same way: else whoever may edit could have them sent to a machine of
        their own, or over the wire in the open."""
        before = kept.address
        same = (before.scheme, before.host, before.port) == (address.scheme, address.host, address.port)
        return kept.credentials if same else Credentials()

    def _check_place(self, latitude: float | None, longitude: float | None) -> None:
        # Only what is new: boundaries may have changed since, and that is no reason to refuse another name.
        if latitude is None or longitude is None or not {"latitude", "longitude"} & set(self.changed_data):
            return
        if objection := locator().objection(latitude, longitude):
            self.add_error("latitude", f"{objection[0].upper()}{objection[1:]}.")

    def _check(self, wanted: Credentials) -> None:
        if wanted.password and not wanted.username:
            self.add_error("source_username", _("Isi juga nama penggunanya."))
        for name, text in (("source_username", wanted.username), ("source_password", wanted.password)):
            if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
                self.add_error(name, _("Ada tanda yang tidak boleh ada di sini."))

    def _kept_source(self) -> Source | None:
        try:
            return open_source(self.instance.pk) if self.instance.pk else None
        except CannotOpen:
            return None
