"""The forms of an offer. What is secret goes in and never comes out; what may not be reached is refused before it is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cameras import naming
from cameras.addresses import Credentials, WrongAddress, tells_an_address
from cameras.camera_form import WriteOnlyInput
from cameras.guarding import rules
from cameras.models import NEEDS_RT, Visibility
from cameras.naming import Spot
from cameras.reach import Forbidden, Rules, host_of
from neighborhoods.locate import locator
from neighborhoods.models import RT, Kelurahan
from neighborhoods.retelling import retold

from . import consent
from .models import Kind
from .offers import Place
from .typed import LONGEST, Typed, read

_AGAIN = gettext_lazy("Isi lagi alamat dan kata sandi kamera: demi keamanan tidak ditampilkan lagi.")
_OFF = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


def objection(typed: Typed, the_rules: Rules) -> str:
    """Why this may not be reached, as far as that shows without asking anybody; empty where nothing speaks against it."""
    try:
        host = host_of(typed.host)
        if not isinstance(host, str):
            # What ``exceptions`` names is allowed with its port only.
            if typed.port is None or (str(host), typed.port) not in the_rules.exceptions:
                the_rules.check(host, typed.port or min(the_rules.ports))
        elif typed.port is not None:
            the_rules.check_port(typed.port)
    except Forbidden as why:
        return retold(str(why))
    return ""


class AddressForm(forms.Form):
    """Where a camera answers. After ``is_valid``: *typed* and *credentials*."""

    address = forms.CharField(
        label=gettext_lazy("Alamat kamera"),
        max_length=LONGEST,
        help_text=gettext_lazy("Alamat IP umum atau nama, misalnya 203.0.113.7 atau kamera.contoh.id."),
        widget=WriteOnlyInput(attrs={**_OFF, "inputmode": "url"}),
    )
    port = forms.IntegerField(
        label=gettext_lazy("Port (kosongkan bila tidak tahu)"),
        required=False,
        min_value=1,
        max_value=65535,
        widget=forms.TextInput(attrs={**_OFF, "inputmode": "numeric"}),
    )
    username = forms.CharField(
        label=gettext_lazy("Nama pengguna kamera"), required=False, max_length=100, widget=WriteOnlyInput(attrs=_OFF)
    )
    password = forms.CharField(
        label=gettext_lazy("Kata sandi kamera"),
        required=False,
        strip=False,
        max_length=100,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed, self.credentials = Typed("", "", None), Credentials()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "address" in cleaned:
            try:
                self.typed, pasted = read(cleaned["address"], cleaned.get("port"))
            except WrongAddress as wrong:
                self.add_error("address", retold(str(wrong)))
            else:
                self.credentials = self._credentials(cleaned, pasted)
                if why := objection(self.typed, rules()):
                    self.add_error("address", why)
        return cleaned

    def _credentials(self, cleaned: dict[str, Any], pasted: Credentials) -> Credentials:
        given = Credentials(cleaned.get("username") or "", cleaned.get("password") or "") or pasted
        if any(ord(sign) < 32 or ord(sign) == 127 for sign in given.username + given.password):
            self.add_error("password", _("Ada tanda yang tidak boleh ada di sini."))
        if given.password and not given.username:
            self.add_error("username", _("Isi juga nama penggunanya."))
        return given


class OfferForm(AddressForm):
    """A whole offer. After ``is_valid``: *place* too, and *renamed*, where another name was made of the place."""

    name = forms.CharField(
        label=gettext_lazy("Nama kamera"),
        max_length=100,
        help_text=gettext_lazy("Patokan dan arah, misalnya “Depan toko, arah Jl. Kartini”."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Tempat"), choices=Kind)
    contact = forms.CharField(
        label=gettext_lazy("Nomor WhatsApp atau telepon Anda"),
        max_length=100,
        help_text=gettext_lazy("Hanya dilihat Ketua RT dan petugas."),
    )
    latitude = forms.FloatField(
        label=gettext_lazy("Lintang"), widget=forms.TextInput(attrs={**_OFF, "inputmode": "text"})
    )
    longitude = forms.FloatField(
        label=gettext_lazy("Bujur"), widget=forms.TextInput(attrs={**_OFF, "inputmode": "text"})
    )
    rt = forms.CharField(
        label="RT", required=False, max_length=3, widget=forms.TextInput(attrs={**_OFF, "inputmode": "numeric"})
    )
    rw = forms.CharField(
        label="RW", required=False, max_length=3, widget=forms.TextInput(attrs={**_OFF, "inputmode": "numeric"})
    )
    kelurahan = forms.ModelChoiceField(
        Kelurahan.objects.filter(valid_to__isnull=True).defer("boundary").order_by("name"),
        label=gettext_lazy("Kelurahan"),
        required=False,
        empty_label=gettext_lazy("sesuai titik di peta"),
    )
    wish = forms.ChoiceField(
        label=gettext_lazy("Paling luas boleh dilihat oleh"),
        choices=[(level.value, level.label) for level in Visibility if level != Visibility.MATI],
        initial=Visibility.WARGA_RT,
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(
        label=gettext_lazy("Saya setuju"),
        error_messages={"required": gettext_lazy("Kamera hanya diterima bila Anda setuju.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place: Place | None = None
        self.renamed = ""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        # It is read by all who see the camera; and not shown again, since it may hold a password.
        if tells_an_address(name):
            self.data = {**dict(self.data.items()), self.add_prefix("name"): ""}
            raise forms.ValidationError(_("Memuat sebuah alamat. Tulis patokan dan arah, misalnya “Depan toko”."))
        return name

    @property
    def consent_text(self) -> tuple[str, ...]:
        return tuple(_(line) for line in consent.TEXT)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kelurahan = self._kelurahan(cleaned)
        rt = self._rt(cleaned, kelurahan)
        if rt is None and cleaned.get("wish") in NEEDS_RT and "rt" not in self.errors:
            self.add_error("wish", _("Pilihan ini hanya untuk kamera di sebuah RT. Isi nomor RT dan RW-nya."))
        if self.errors:
            if "address" not in self.errors:
                self.add_error("address", _AGAIN)
            return cleaned
        assert kelurahan is not None  # noqa: S101 - an error otherwise
        self.place = Place(
            kind=cleaned["kind"],
            name=self._telling_name(cleaned, kelurahan, rt),
            contact=cleaned["contact"],
            kelurahan=kelurahan,
            rt=rt,
            latitude=cleaned["latitude"],
            longitude=cleaned["longitude"],
            wish=Visibility(cleaned["wish"]),
        )
        return cleaned

    def _telling_name(self, cleaned: dict[str, Any], kelurahan: Kelurahan, rt: RT | None) -> str:
        """What was typed, or, where it is like "CAM 1", a name made of the place; *renamed* then says which."""
        spot = Spot(kelurahan.name, *((rt.rw.number, rt.number) if rt else ()))
        typed: str = cleaned["name"]
        if not naming.tells_nothing(typed, spot):
            return typed
        landmark = f"Depan {Kind(cleaned['kind']).label.lower()}"
        self.renamed = naming.built(spot, landmark=landmark, number=naming.number_in(typed))[:100]
        return self.renamed

    def _kelurahan(self, cleaned: dict[str, Any]) -> Kelurahan | None:
        """The one that was chosen, else the one that holds the point."""
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if latitude is None or longitude is None:
            return None
        where = locator()
        if why := where.objection(latitude, longitude):
            self.add_error("latitude", f"{why[0].upper()}{why[1:]}.")
            return None
        chosen: Kelurahan | None = cleaned.get("kelurahan")
        code = where.kelurahan_at(latitude, longitude)
        if chosen is not None and where.official and code and code != chosen.code:
            self.add_error("kelurahan", _("Titik di peta tidak berada di Kelurahan %(chosen)s.") % {"chosen": chosen})
        if chosen is None:
            chosen = Kelurahan.objects.filter(code=code).defer("boundary").first() if code else None
        if chosen is None:
            self.add_error("kelurahan", _("Pilih kelurahannya: batas wilayah di titik ini belum diketahui."))
        return chosen

    def _rt(self, cleaned: dict[str, Any], kelurahan: Kelurahan | None) -> RT | None:
        rt, rw = ((cleaned.get(name) or "").strip() for name in ("rt", "rw"))
        if not (rt or rw) or kelurahan is None:
            return None
        valid = RT.objects.filter(valid_to__isnull=True, rw__valid_to__isnull=True).select_related("rw__kelurahan")
        found = valid.filter(rw__kelurahan=kelurahan, rw__number=rw.zfill(3), number=rt.zfill(3)).first()
        if found is None:
            self.add_error(
                "rt",
                _("RT ini belum terdaftar di Kelurahan %(kelurahan)s. Periksa nomornya, atau kosongkan.")
                % {"kelurahan": kelurahan},
            )
        return found


class DecisionForm(forms.Form):
    """What head or officer decide."""

    decision = forms.ChoiceField(choices=[("setuju", gettext_lazy("Setuju")), ("tolak", gettext_lazy("Tolak"))])
    level = forms.ChoiceField(choices=Visibility.choices, required=False)
    reason = forms.CharField(max_length=200, required=False)
