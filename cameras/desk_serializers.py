"""What the API says and takes of views, reports, histories and timetables."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from .hours import EVERY_DAY
from .models import Cause, Need, Visibility
from .timetable_records import Timetable


class SwitchedSerializer(serializers.Serializer[None]):
    changed = serializers.ListField(child=serializers.CharField(), help_text="Kode kamera yang berubah.")
    waiting = serializers.ListField(
        child=serializers.CharField(), help_text="Menyusul sesudah pandangannya dikonfirmasi."
    )
    limited = serializers.ListField(child=serializers.CharField(), help_text="Hanya sejauh izin pemiliknya.")


class VisibilityChangeSerializer(serializers.Serializer[Any]):
    camera = serializers.CharField(source="camera.public_id")
    old = serializers.ChoiceField(choices=Visibility.choices)
    new = serializers.ChoiceField(choices=Visibility.choices)
    at = serializers.DateTimeField()
    cause = serializers.ChoiceField(choices=Cause.choices, help_text="orang, jadwal, atau sistem.")
    who = serializers.CharField(help_text="Nama orangnya, atau jadwal, atau sistem.")
    reason = serializers.CharField(allow_blank=True)


class TimetableSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk", read_only=True)
    rt = serializers.IntegerField(source="rt_id", allow_null=True, read_only=True)
    camera = serializers.CharField(source="camera.public_id", allow_null=True, read_only=True, default=None)
    level = serializers.ChoiceField(choices=Visibility.choices)
    begins = serializers.TimeField(help_text="Jam kota, misalnya 22:00:00.")
    ends = serializers.TimeField(help_text="Lebih awal dari mulai: lewat tengah malam.")
    days = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=7),
        required=False,
        max_length=7,
        help_text="Hari mulainya; 1 Senin sampai 7 Minggu. Tanpa: setiap hari.",
    )

    def to_representation(self, instance: Timetable) -> dict[str, object]:
        said = super().to_representation(instance)
        return {**said, "days": [int(day) for day in instance.days]}

    def validate_days(self, days: list[int]) -> frozenset[int]:
        return frozenset(days) or EVERY_DAY


class NewTimetableSerializer(TimetableSerializer):
    rt = serializers.IntegerField(required=False, allow_null=True, min_value=1, help_text="Salah satu: rt atau camera.")
    camera = serializers.CharField(required=False, allow_null=True, max_length=16)


class ViewEventSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    need = serializers.ChoiceField(choices=Need.choices, allow_blank=True, help_text="Kosong: dikonfirmasi.")
    text = serializers.CharField(source="words")
    at = serializers.DateTimeField()
    who = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class ViewSerializer(serializers.Serializer[None]):
    need = serializers.ChoiceField(choices=Need.choices, allow_blank=True, help_text="Kosong: tidak perlu dilihat.")
    since = serializers.DateTimeField(allow_null=True)
    returns_to = serializers.ChoiceField(choices=Visibility.choices, allow_blank=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    asked = serializers.IntegerField(allow_null=True, help_text="Dikirim kembali saat mengonfirmasi.")
    events = ViewEventSerializer(many=True)


class ConfirmSerializer(serializers.Serializer[None]):
    asked = serializers.IntegerField(min_value=1, help_text="Alasan terbaru yang dilihat.")


class ReportSerializer(serializers.Serializer[None]):
    reason = serializers.CharField(min_length=5, max_length=500)


class ReportedSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    at = serializers.DateTimeField()
    reason = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)


class AnswerSerializer(serializers.Serializer[None]):
    answer = serializers.CharField(min_length=3, max_length=500)
