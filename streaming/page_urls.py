from django.urls import path

from . import log_pages

urlpatterns = [path("kamera/<slug:public_id>/tontonan/", log_pages.viewings, name="tontonan")]
