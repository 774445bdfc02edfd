"""What the API says of offers. An address or a credential goes in and never comes out."""

from __future__ import annotations

from rest_framework import serializers

from cameras.models import Visibility

from .models import Channel, Kind, Offer, OfferChange


class ChannelSerializer(serializers.ModelSerializer[Channel]):
    camera = serializers.CharField(
        source="camera.public_id",
        read_only=True,
        default=None,
        allow_null=True,
        help_text="Kode kamera, sesudah disetujui.",
    )

    class Meta:
        model = Channel
        fields = ["number", "codec", "camera"]


class OfferChangeSerializer(serializers.ModelSerializer[OfferChange]):
    class Meta:
        model = OfferChange
        fields = ["old", "new", "at", "reason"]


class OfferSerializer(serializers.ModelSerializer[Offer]):
    id = serializers.CharField(source="public_id", read_only=True)
    place = serializers.CharField(read_only=True, help_text="RT 003 / RW 005, Sekaran")
    state_text = serializers.CharField(source="get_state_display", read_only=True)
    trying = serializers.BooleanField(read_only=True, help_text="Kameranya sedang dicoba.")
    channels = ChannelSerializer(many=True, read_only=True)
    changes = OfferChangeSerializer(many=True, read_only=True, help_text="Riwayat, yang terbaru lebih dulu.")
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Offer
        fields = [
            "id", "kind", "name", "place", "latitude", "longitude", "wish", "granted", "consent_version", "consented_at",
            "state", "state_text", "since", "problem", "trying", "channels", "changes", "url",
        ]  # fmt: skip


class NewOfferSerializer(serializers.Serializer[None]):
    """As on the page; every field is checked there too (``forms.OfferForm``)."""

    address = serializers.CharField(
        max_length=300, write_only=True, help_text="Alamat IP umum, nama, atau alamat lengkap."
    )
    port = serializers.IntegerField(required=False, min_value=1, max_value=65535, write_only=True)
    username = serializers.CharField(required=False, allow_blank=True, max_length=100, write_only=True)
    password = serializers.CharField(
        required=False, allow_blank=True, max_length=100, trim_whitespace=False, write_only=True
    )
    name = serializers.CharField(max_length=100)
    kind = serializers.ChoiceField(choices=Kind.choices)
    contact = serializers.CharField(max_length=100)
    latitude = serializers.FloatField(min_value=-90, max_value=90)
    longitude = serializers.FloatField(min_value=-180, max_value=180)
    rt = serializers.CharField(required=False, allow_blank=True, max_length=3)
    rw = serializers.CharField(required=False, allow_blank=True, max_length=3)
    kelurahan = serializers.CharField(
        required=False, allow_blank=True, max_length=13, help_text="Kode; bila batas belum ada."
    )
    wish = serializers.ChoiceField(choices=[choice for choice in Visibility.choices if choice[0] != Visibility.MATI])
    consent = serializers.BooleanField(help_text="Persetujuan naskah di halaman /tawarkan-kamera/.")


class HandInSerializer(serializers.Serializer[None]):
    numbers = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=64), max_length=64, help_text="Gambar yang ditawarkan."
    )


class DecisionSerializer(serializers.Serializer[None]):
    approve = serializers.BooleanField()
    visibility = serializers.ChoiceField(choices=Visibility.choices, required=False)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
