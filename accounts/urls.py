"""Addresses of accounts. Those of allauth get Indonesian ones under their own names."""

from allauth.account import views
from django.conf import settings
from django.urls import include, path, re_path
from django.views.decorators.http import require_POST

from . import pages_account, pages_invitations, pages_join, pages_offices, pages_residents

_CODE = r"(?P<code>\d{2}\.\d{2}\.\d{2}(?:\.\d{4})?)"
_KELURAHAN = r"(?P<code>\d{2}\.\d{2}\.\d{2}\.\d{4})"
# The page says whom to ask instead where the portal has no mail server.
_forgotten = views.PasswordResetView.as_view(extra_context={"mail": bool(settings.EMAIL_HOST)})
# Nobody is logged out by a picture or a link on another page.
_leave = require_POST(views.logout)

urlpatterns = [
    path("masuk/", views.login, name="masuk"),
    path("masuk/", views.login, name="account_login"),
    path("keluar/", _leave, name="keluar"),
    path("keluar/", _leave, name="account_logout"),
    path("akun/", pages_account.account, name="akun"),
    path("akun/daftar/", views.signup, name="account_signup"),
    path("akun/tidak-aktif/", views.account_inactive, name="account_inactive"),
    path("akun/pastikan/", views.reauthenticate, name="account_reauthenticate"),
    path("akun/email/", views.email, name="account_email"),
    path("akun/email/terkirim/", views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^akun/email/(?P<key>[-:\w]+)/$", views.confirm_email, name="account_confirm_email"),
    path("akun/sandi/", views.password_change, name="account_change_password"),
    path("akun/sandi/baru/", views.password_set, name="account_set_password"),
    path("akun/lupa-sandi/", _forgotten, name="account_reset_password"),
    path("akun/lupa-sandi/terkirim/", views.password_reset_done, name="account_reset_password_done"),
    path("akun/lupa-sandi/selesai/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^akun/lupa-sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("akun/pengaman/kode.svg", pages_account.totp_code, name="pengaman-kode"),
    path("akun/pengaman/", include("allauth.mfa.urls")),
    path("akun/keluar-rt/<int:residency>/", pages_account.leave, name="keluar-rt"),
    path("gabung/<slug:token>/", pages_join.join, name="gabung"),
    path("rt-saya/warga/", pages_residents.rts, name="warga"),
    path("rt-saya/warga/<int:rt>/", pages_residents.residents, name="warga-rt"),
    path("rt-saya/warga/<int:rt>/putusan/", pages_residents.decide, name="warga-putusan"),
    path("rt-saya/warga/<int:rt>/kata-sandi/", pages_residents.reset_link, name="warga-kata-sandi"),
    path("rt-saya/warga/<int:rt>/ketua/", pages_offices.head, name="warga-ketua"),
    path("rt-saya/warga/<int:rt>/undangan/", pages_invitations.make, name="undangan"),
    path("rt-saya/warga/<int:rt>/undangan/<int:invitation>/", pages_invitations.poster, name="poster"),
    path(
        "rt-saya/warga/<int:rt>/undangan/<int:invitation>/kode.svg", pages_invitations.poster_code, name="poster-kode"
    ),
    path("rt-saya/warga/<int:rt>/undangan/<int:invitation>/cabut/", pages_invitations.revoke, name="cabut-undangan"),
    path("pengurus/", pages_offices.offices, name="wilayah-pengurus"),
    re_path(rf"^pengurus/{_CODE}/$", pages_offices.office, name="pengurus"),
    re_path(rf"^pengurus/{_KELURAHAN}/rw-(?P<rw>\d{{3}})/$", pages_offices.office, name="pengurus-rw"),
]
