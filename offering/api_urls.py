from django.urls import path

from . import api

urlpatterns = [
    path("offers/", api.OwnOffers.as_view(), name="api-offers"),
    path("offers/waiting/", api.WaitingOffers.as_view(), name="api-offers-waiting"),
    path("offers/<slug:public_id>/", api.OneOffer.as_view(), name="api-offer"),
    path("offers/<slug:public_id>/trial/", api.OfferTrial.as_view(), name="api-offer-trial"),
    path("offers/<slug:public_id>/hand-in/", api.OfferHandIn.as_view(), name="api-offer-hand-in"),
    path("offers/<slug:public_id>/withdrawal/", api.OfferWithdrawal.as_view(), name="api-offer-withdrawal"),
    path("offers/<slug:public_id>/decision/", api.OfferDecision.as_view(), name="api-offer-decision"),
]
