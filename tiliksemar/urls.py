"""Every address of the portal, room by room."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from . import health

urlpatterns = [
    path("", include("cameras.page_urls")),
    path("api/v1/", include("cameras.api_urls")),
    path("api/v1/", include("streaming.api_urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

admin.site.site_header = "Tilik Semar: pengelolaan"
admin.site.site_title = "Tilik Semar"
admin.site.index_title = "Pengelolaan"
