"""Every address of the portal, room by room."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.views import SpectacularAPIView

from . import health, language, pwa

# Whoever administers comes through the same door as everybody: with its limits, and a second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("machines.urls")),
    path("", include("offering.page_urls")),
    path("", include("ronda.page_urls")),
    path("", include("incidents.page_urls")),
    path("", include("alerts.page_urls")),
    path("", include("boards.page_urls")),
    path("", include("cameras.page_urls")),
    path("", include("streaming.page_urls")),
    path("api/v1/", include("ronda.api_urls")),
    path("api/v1/", include("incidents.api_urls")),
    path("api/v1/", include("alerts.api_urls")),
    path("api/v1/", include("boards.api_urls")),
    path("api/v1/", include("cameras.api_urls")),
    path("api/v1/", include("streaming.api_urls")),
    path("api/v1/", include("offering.api_urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("admin/", admin.site.urls),
    path("bahasa/", language.choose, name="bahasa"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("sw.js", pwa.worker, name="sw"),
    path("luring/", pwa.offline, name="luring"),
    path("gaya/", pwa.house_style, name="gaya"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "tiliksemar.errors.bad_request"
handler403 = "tiliksemar.errors.forbidden"
handler404 = "tiliksemar.errors.not_found"
handler500 = "tiliksemar.errors.failed"

admin.site.site_header = _("Tilik Semar: pengelolaan")
admin.site.site_title = "Tilik Semar"
admin.site.index_title = _("Pengelolaan")
