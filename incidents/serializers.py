"""What the API says of reports: of those that the person who asks does not read, only what, where, when and how it stands."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from neighborhoods.names import name_of

from .handling import MOST_REASON, Step
from .models import Category, Incident, IncidentStep, State
from .reporting import LEAST_WORDS, MOST_WORDS


class IncidentStepSerializer(serializers.ModelSerializer[IncidentStep]):
    old = serializers.ChoiceField(choices=State.choices, allow_blank=True, read_only=True)
    new = serializers.ChoiceField(choices=State.choices, read_only=True)
    who = serializers.CharField(read_only=True)

    class Meta:
        model = IncidentStep
        fields = ["old", "new", "who", "at", "reason"]


class IncidentSerializer(serializers.ModelSerializer[Incident]):
    """The view hands over which of them the person reads (``full``)."""

    id = serializers.CharField(source="public_id", read_only=True)
    rt = serializers.IntegerField(source="rt_id", allow_null=True, read_only=True)
    rt_text = serializers.SerializerMethodField(help_text="RT 003 / RW 005; kosong bila di luar RT.")
    category_text = serializers.CharField(source="get_category_display", read_only=True)
    state_text = serializers.CharField(source="get_state_display", read_only=True)
    full = serializers.SerializerMethodField(help_text="false: kata-kata, gambar, dan langkahnya bukan untuk Anda.")
    words = serializers.SerializerMethodField()
    reporter = serializers.SerializerMethodField()
    camera = serializers.SerializerMethodField(help_text="Kode kamera; kosong bila tanpa kamera.")
    picture_url = serializers.SerializerMethodField(help_text="Kosong bila tanpa gambar.")
    steps = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Incident
        fields = [
            "id", "rt", "rt_text", "category", "category_text", "place", "state", "state_text", "at", "since", "full", "words",
            "reporter", "camera", "picture_url", "steps", "url",
        ]  # fmt: skip

    def get_full(self, incident: Incident) -> bool:
        return incident.pk in self.context["full"]

    def get_rt_text(self, incident: Incident) -> str:
        return str(incident.rt or "")

    def get_words(self, incident: Incident) -> str:
        return incident.words if self.get_full(incident) else ""

    def get_reporter(self, incident: Incident) -> str:
        return name_of(incident.reporter) if self.get_full(incident) else ""

    def get_camera(self, incident: Incident) -> str:
        return incident.camera.public_id if incident.camera and self.get_full(incident) else ""

    def get_picture_url(self, incident: Incident) -> str:
        if not self.get_full(incident) or getattr(incident, "picture", None) is None:
            return ""
        return reverse("gambar-laporan", args=[incident.public_id])

    @extend_schema_field(IncidentStepSerializer(many=True))
    def get_steps(self, incident: Incident) -> Any:
        rows = list(incident.steps.all()) if self.get_full(incident) else []
        return IncidentStepSerializer(rows, many=True).data


class NewIncidentSerializer(serializers.Serializer[None]):
    category = serializers.ChoiceField(choices=Category.choices)
    words = serializers.CharField(min_length=LEAST_WORDS, max_length=MOST_WORDS)
    camera = serializers.CharField(required=False, allow_blank=True, max_length=16, default="")
    rt = serializers.IntegerField(required=False, min_value=1, help_text="Bila tanpa kamera: RT Anda sendiri.")
    place = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    latitude = serializers.FloatField(required=False, min_value=-90, max_value=90)
    longitude = serializers.FloatField(required=False, min_value=-180, max_value=180)
    picture = serializers.BooleanField(default=True, help_text="Gambar kamera saat ini disimpan bersama laporan.")
    key = serializers.RegexField(
        r"^[0-9A-Za-z-]{8,64}$", required=False, help_text="Dibuat peramban; yang dikirim dua kali menjadi satu."
    )


class IncidentTurnSerializer(serializers.Serializer[None]):
    step = serializers.ChoiceField(choices=[(one.value, one.value) for one in Step])
    reason = serializers.CharField(required=False, allow_blank=True, max_length=MOST_REASON, default="")
    seen = serializers.ChoiceField(
        choices=State.choices, required=False, allow_blank=True, default="", help_text="Keadaan yang Anda lihat."
    )
