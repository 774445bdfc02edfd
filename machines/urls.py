from django.urls import path

from . import pages

urlpatterns = [
    path("petugas/token/", pages.tokens, name="token-mesin"),
    path("petugas/token/<int:token>/cabut/", pages.revoke, name="cabut-token-mesin"),
]
