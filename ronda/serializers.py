"""What the API of rounds takes and answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from incidents.models import Category

from .forms import SKIPS
from .models import Verdict


class TonightSerializer(serializers.Serializer[Any]):
    """*Malam ini* of one RT."""

    night = serializers.DateField(help_text="Tanggal sorenya: pukul 03.00 masih malam sebelumnya.")
    begins = serializers.DateTimeField()
    ends = serializers.DateTimeField()
    watchers = serializers.ListField(child=serializers.CharField(), help_text="Nama yang berjaga malam ini.")
    my_next_night = serializers.DateField(allow_null=True, help_text="Giliran Anda berikutnya, dalam dua minggu.")
    rounds = serializers.IntegerField(help_text="Banyaknya ronda malam ini.")
    last_at = serializers.DateTimeField(allow_null=True)


class StartSerializer(serializers.Serializer[None]):
    fresh = serializers.BooleanField(
        default=False, help_text="true: akhiri ronda yang belum selesai, mulai yang baru. false: teruskan."
    )


class RoundStopSerializer(serializers.Serializer[Any]):
    camera = serializers.CharField(source="camera.public_id", allow_null=True, default=None)
    name = serializers.CharField(help_text="Nama kamera waktu ronda dimulai.")
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_blank=True, help_text="Kosong: belum dilihat.")
    marked_at = serializers.DateTimeField(allow_null=True)


class RoundSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(source="round.pk")
    night = serializers.DateField(source="round.night")
    who = serializers.CharField()
    scheduled = serializers.BooleanField(source="round.scheduled", help_text="Peronda ada di jadwal malam itu.")
    started_at = serializers.DateTimeField(source="round.started_at")
    finished_at = serializers.DateTimeField(source="round.finished_at", allow_null=True)
    looked = serializers.IntegerField(help_text="Kamera yang gambarnya dilihat.")
    stops = RoundStopSerializer(many=True)
    url = serializers.CharField(source="round.get_absolute_url")


class FindingSerializer(serializers.Serializer[None]):
    key = serializers.RegexField(
        r"\A[A-Za-z0-9_-]{8,64}\Z",
        help_text="Dibuat ponsel, baru untuk setiap tanda; dikirim dua kali tetap satu tanda.",
    )
    camera = serializers.CharField(max_length=16)
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    why = serializers.ChoiceField(
        choices=SKIPS, required=False, allow_blank=True, default="", help_text="Mengapa tidak terlihat, untuk lewat."
    )
    category = serializers.ChoiceField(
        choices=Category.choices, required=False, default=Category.KEAMANAN, help_text="Jenis laporan, untuk lapor."
    )
    seconds_ago = serializers.FloatField(
        min_value=0, max_value=172_800, required=False, default=0.0, help_text="Sejak ditandai, bila baru terkirim."
    )


class FoundSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    camera = serializers.CharField(source="stop.camera.public_id", allow_null=True, default=None)
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    at = serializers.DateTimeField()
    incident = serializers.CharField(
        source="incident.get_absolute_url", allow_null=True, default=None, help_text="Halaman laporannya."
    )


class FinishSerializer(serializers.Serializer[None]):
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
