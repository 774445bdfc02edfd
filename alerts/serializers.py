"""What the API says of alarms, and takes from browsers that want push."""

from __future__ import annotations

from rest_framework import serializers

from neighborhoods.names import name_of

from .models import Alarm, Ending, Kind, What
from .ringing import MOST_NOTE


class AlarmSerializer(serializers.ModelSerializer[Alarm]):
    rt = serializers.IntegerField(source="rt_id", read_only=True)
    rt_text = serializers.CharField(source="rt", read_only=True, help_text="RT 003 / RW 005")
    kind_text = serializers.CharField(source="get_kind_display", read_only=True)
    state_text = serializers.CharField(source="get_state_display", read_only=True)
    caller = serializers.SerializerMethodField(help_text="Nama yang membunyikan.")
    coming = serializers.SerializerMethodField(help_text="Nama yang datang.")
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Alarm
        fields = [
            "id", "rt", "rt_text", "kind", "kind_text", "note", "state", "state_text", "ending", "caller", "coming", "at", "url",
        ]  # fmt: skip

    def get_caller(self, alarm: Alarm) -> str:
        return name_of(alarm.caller)

    def get_coming(self, alarm: Alarm) -> list[str]:
        return [step.who for step in alarm.steps.all() if step.what == What.COMING]


class NewAlarmSerializer(serializers.Serializer[None]):
    rt = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=Kind.choices)
    note = serializers.CharField(required=False, allow_blank=True, max_length=MOST_NOTE, default="")
    key = serializers.RegexField(
        r"^[0-9A-Za-z-]{8,64}$",
        required=False,
        help_text="Dibuat peramban; yang dikirim dua kali berbunyi sekali.",
    )


class EndAlarmSerializer(serializers.Serializer[None]):
    ending = serializers.ChoiceField(choices=[(one.value, one.label) for one in (Ending.SAFE, Ending.FALSE)])
    words = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class PushKeySerializer(serializers.Serializer[None]):
    public_key = serializers.CharField(
        allow_blank=True, help_text="Untuk berlangganan; kosong: kota ini tidak mengirim."
    )


class PushKeysSerializer(serializers.Serializer[None]):
    p256dh = serializers.CharField(max_length=120)
    auth = serializers.CharField(max_length=40)


class BrowserSerializer(serializers.Serializer[None]):
    """As ``PushSubscription.toJSON()`` gives it."""

    endpoint = serializers.CharField(max_length=1000)
    keys = PushKeysSerializer()


class ForgetBrowserSerializer(serializers.Serializer[None]):
    endpoint = serializers.CharField(max_length=1000)
