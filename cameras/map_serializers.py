"""What the API's description says of the map's answer; the answer itself is made in one go, without these (cameras.map_answer)."""

from __future__ import annotations

from rest_framework import serializers

from .map_answer import Cluster, MapView, Spot, Totals
from .models import Category, Status


class MapTotalsSerializer(serializers.Serializer[Totals]):
    online = serializers.IntegerField()
    offline = serializers.IntegerField()
    unknown = serializers.IntegerField()


class ClusterSerializer(serializers.Serializer[Cluster]):
    id = serializers.CharField(help_text="Kode wilayah, atau nama petak.")
    name = serializers.CharField()
    url = serializers.CharField(help_text="Halaman wilayahnya.")
    lon = serializers.FloatField()
    lat = serializers.FloatField()
    online = serializers.IntegerField()
    offline = serializers.IntegerField()
    unknown = serializers.IntegerField()


class SpotSerializer(serializers.Serializer[Spot]):
    id = serializers.CharField()
    name = serializers.CharField()
    place = serializers.CharField(help_text="RT 003 / RW 005, Sekaran")
    lon = serializers.FloatField()
    lat = serializers.FloatField()
    status = serializers.ChoiceField(choices=Status.choices)
    category = serializers.ChoiceField(choices=Category.choices)
    watchable = serializers.BooleanField(help_text="Boleh ditonton oleh yang bertanya.")


class MapViewSerializer(serializers.Serializer[MapView]):
    level = serializers.ChoiceField(choices=["kecamatan", "kelurahan", "cell", "camera"])
    zooms = serializers.ListField(
        child=serializers.IntegerField(), min_length=2, max_length=2, help_text="Berlaku dari zoom ini sampai zoom ini."
    )
    covers = serializers.ListField(
        child=serializers.FloatField(),
        min_length=4,
        max_length=4,
        allow_null=True,
        help_text="Bagian yang dijawab: barat, selatan, timur, utara; null: seluruh kota.",
    )
    totals = MapTotalsSerializer()
    clusters = ClusterSerializer(many=True)
    cameras = SpotSerializer(many=True)
