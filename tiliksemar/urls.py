"""Every address of the portal, room by room."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from . import health

# Whoever administers comes through the same door as everybody: with its limits, and a second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("machines.urls")),
    path("", include("offering.page_urls")),
    path("", include("cameras.page_urls")),
    path("", include("streaming.page_urls")),
    path("api/v1/", include("cameras.api_urls")),
    path("api/v1/", include("streaming.api_urls")),
    path("api/v1/", include("offering.api_urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "tiliksemar.errors.bad_request"
handler403 = "tiliksemar.errors.forbidden"
handler404 = "tiliksemar.errors.not_found"
handler500 = "tiliksemar.errors.failed"

admin.site.site_header = "Tilik Semar: pengelolaan"
admin.site.site_title = "Tilik Semar"
admin.site.index_title = "Pengelolaan"
