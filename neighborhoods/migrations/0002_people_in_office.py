import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def one_head_each(apps, schema_editor):
    """Where an RT has several heads, who was head first stays it; the others are residents."""
    headed = set()
    for residency in (
        apps.get_model("neighborhoods", "Residency")
        .objects.filter(role="ketua", state="active")
        .order_by("since", "pk")
    ):
        if residency.rt_id in headed:
            residency.role = "warga"
            residency.save(update_fields=["role"])
        headed.add(residency.rt_id)


class Migration(migrations.Migration):
    dependencies = [
        ("neighborhoods", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="office",
            name="appointed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diangkat oleh",
            ),
        ),
        migrations.AddField(
            model_name="office",
            name="kecamatan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offices",
                to="neighborhoods.kecamatan",
                verbose_name="kecamatan (untuk camat)",
            ),
        ),
        migrations.AddField(
            model_name="office",
            name="kelurahan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offices",
                to="neighborhoods.kelurahan",
                verbose_name="kelurahan (untuk lurah)",
            ),
        ),
        migrations.AddField(
            model_name="office",
            name="rw",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offices",
                to="neighborhoods.rw",
                verbose_name="RW (untuk Ketua RW)",
            ),
        ),
        migrations.AddField(
            model_name="residency",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="disetujui oleh",
            ),
        ),
        migrations.AddField(
            model_name="residency",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diakhiri oleh",
            ),
        ),
        migrations.AlterField(
            model_name="office",
            name="kind",
            field=models.CharField(
                choices=[
                    ("petugas", "Petugas ruang pantau"),
                    ("ketua_rw", "Ketua RW"),
                    ("lurah", "Lurah"),
                    ("camat", "Camat"),
                ],
                default="petugas",
                max_length=10,
                verbose_name="jabatan",
            ),
        ),
        migrations.AlterField(
            model_name="residency",
            name="role",
            field=models.CharField(
                choices=[("warga", "Warga"), ("ketua", "Ketua RT"), ("penjaga", "Penjaga")],
                default="warga",
                max_length=10,
                verbose_name="peran",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kecamatan__isnull", True),
                        ("kelurahan__isnull", True),
                        ("kind", "petugas"),
                        ("rw__isnull", True),
                    ),
                    models.Q(
                        ("kecamatan__isnull", True),
                        ("kelurahan__isnull", True),
                        ("kind", "ketua_rw"),
                        ("rw__isnull", False),
                    ),
                    models.Q(
                        ("kecamatan__isnull", True),
                        ("kelurahan__isnull", False),
                        ("kind", "lurah"),
                        ("rw__isnull", True),
                    ),
                    models.Q(
                        ("kecamatan__isnull", False),
                        ("kelurahan__isnull", True),
                        ("kind", "camat"),
                        ("rw__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="office_has_its_place",
                violation_error_message="Pilih RW untuk Ketua RW, kelurahan untuk lurah, kecamatan untuk camat, dan tidak lebih.",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.UniqueConstraint(
                condition=models.Q(("rw__isnull", False), ("until__isnull", True)),
                fields=("rw",),
                name="one_holder_per_rw",
                violation_error_message="Jabatan ini sedang dipegang orang lain. Akhiri dulu yang lama.",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kelurahan__isnull", False), ("until__isnull", True)),
                fields=("kelurahan",),
                name="one_holder_per_kelurahan",
                violation_error_message="Jabatan ini sedang dipegang orang lain. Akhiri dulu yang lama.",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kecamatan__isnull", False), ("until__isnull", True)),
                fields=("kecamatan",),
                name="one_holder_per_kecamatan",
                violation_error_message="Jabatan ini sedang dipegang orang lain. Akhiri dulu yang lama.",
            ),
        ),
        migrations.RunPython(one_head_each, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="residency",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "ketua"), ("state", "active")),
                fields=("rt",),
                name="one_head_per_rt",
                violation_error_message="RT ini sudah punya Ketua RT. Serahkan jabatannya, atau akhiri dulu.",
            ),
        ),
    ]
