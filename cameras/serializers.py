"""What the API says of cameras and regions. Nothing of a camera's source is read here."""

from __future__ import annotations

from rest_framework import serializers

from neighborhoods.models import RT, Kelurahan
from neighborhoods.retelling import retold

from .models import Camera, Status, Visibility
from .reasons import CHOICES, Reason
from .tallies import Place


class KelurahanRefSerializer(serializers.ModelSerializer[Kelurahan]):
    class Meta:
        model = Kelurahan
        fields = ["code", "name"]


class RTRefSerializer(serializers.Serializer[RT]):
    rw = serializers.CharField(source="rw.number", help_text="Tiga angka.")
    rt = serializers.CharField(source="number", help_text="Tiga angka.")


class CameraSerializer(serializers.ModelSerializer[Camera]):
    """One camera, as this person may know it. The view hands over which cameras they may watch and manage."""

    id = serializers.CharField(source="public_id", read_only=True)
    name = serializers.CharField(
        source="shown_name", read_only=True, help_text="Dibuat dari tempatnya bila nama aslinya seperti “CAM 1”."
    )
    category_text = serializers.CharField(source="get_category_display", read_only=True)
    place = serializers.CharField(read_only=True, help_text="RT 003 / RW 005, Sekaran")
    kelurahan = KelurahanRefSerializer(read_only=True)
    rt = RTRefSerializer(read_only=True, allow_null=True)
    watchable = serializers.SerializerMethodField(help_text="Boleh ditonton oleh yang bertanya.")
    manageable = serializers.SerializerMethodField(help_text="Keterlihatannya boleh diubah oleh yang bertanya.")
    status = serializers.ChoiceField(source="health.status", choices=Status.choices, read_only=True)
    reason = serializers.ChoiceField(source="health.reason", choices=CHOICES, read_only=True, allow_blank=True)
    reason_text = serializers.SerializerMethodField(help_text="Sebab dalam kata-kata; kosong bila menyala.")
    mender = serializers.CharField(source="health.mender", read_only=True, help_text="Siapa yang memperbaikinya.")
    since = serializers.DateTimeField(source="health.since", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    needs_look = serializers.SerializerMethodField(help_text="Ditutup sampai pandangannya dilihat dan dikonfirmasi.")

    class Meta:
        model = Camera
        fields = [
            "id", "name", "category", "category_text", "place", "kelurahan", "rt", "latitude", "longitude", "visibility",
            "watchable", "manageable", "status", "reason", "reason_text", "mender", "since", "url",
            "needs_look", "purpose",
        ]  # fmt: skip

    def get_needs_look(self, camera: Camera) -> bool:
        return bool(camera.need)

    def get_watchable(self, camera: Camera) -> bool:
        return camera.pk in self.context["watchable"]

    def get_manageable(self, camera: Camera) -> bool:
        return camera.pk in self.context["manageable"]

    def get_reason_text(self, camera: Camera) -> str:
        return retold(Reason(camera.health.reason).label)


class SwitchSerializer(serializers.Serializer[None]):
    visibility = serializers.ChoiceField(choices=Visibility.choices)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class ProblemSerializer(serializers.Serializer[None]):
    """An error (RFC 9457): *code* for programs, *detail* for people."""

    type = serializers.CharField(help_text="Selalu about:blank.")
    title = serializers.CharField(help_text="Sebutan untuk status ini.")
    status = serializers.IntegerField(help_text="Status HTTP.")
    code = serializers.CharField(help_text="Untuk program: tetap, tidak diterjemahkan.")
    detail = serializers.CharField(help_text="Untuk orang.")
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Isian yang salah dan sebabnya; nama kosong berarti isian seluruhnya.",
    )


class RegionSerializer(serializers.Serializer[Place]):
    """A kecamatan or a kelurahan, with the number of its cameras that this person may know of."""

    code = serializers.CharField(source="record.code")
    name = serializers.CharField(source="record.name")
    cameras = serializers.IntegerField(source="tally.total")
    online = serializers.IntegerField(source="tally.online")
    url = serializers.CharField(source="record.get_absolute_url")


class RegionDetailSerializer(RegionSerializer):
    children = RegionSerializer(many=True, help_text="Kelurahan di dalam kecamatan; kosong untuk kelurahan.")


class StatusTotalsSerializer(serializers.Serializer[None]):
    online = serializers.IntegerField()
    offline = serializers.IntegerField()
    unknown = serializers.IntegerField()
