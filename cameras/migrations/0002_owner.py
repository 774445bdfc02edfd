import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cameras", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="camera",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cameras",
                to=settings.AUTH_USER_MODEL,
                verbose_name="pemilik",
            ),
        ),
        migrations.AlterField(
            model_name="camera",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("publik", "Publik: siapa saja"),
                    ("warga_rt", "Warga RT ini saja"),
                    ("warga_rw", "Warga satu RW"),
                    ("kelurahan", "Warga satu kelurahan"),
                    ("petugas", "Petugas dan pengurus wilayah saja"),
                    ("mati", "Ditutup: tidak seorang pun"),
                ],
                default="warga_rt",
                max_length=20,
                verbose_name="keterlihatan",
            ),
        ),
        migrations.AlterField(
            model_name="visibilitychange",
            name="new",
            field=models.CharField(
                choices=[
                    ("publik", "Publik: siapa saja"),
                    ("warga_rt", "Warga RT ini saja"),
                    ("warga_rw", "Warga satu RW"),
                    ("kelurahan", "Warga satu kelurahan"),
                    ("petugas", "Petugas dan pengurus wilayah saja"),
                    ("mati", "Ditutup: tidak seorang pun"),
                ],
                max_length=20,
                verbose_name="menjadi",
            ),
        ),
        migrations.AlterField(
            model_name="visibilitychange",
            name="old",
            field=models.CharField(
                choices=[
                    ("publik", "Publik: siapa saja"),
                    ("warga_rt", "Warga RT ini saja"),
                    ("warga_rw", "Warga satu RW"),
                    ("kelurahan", "Warga satu kelurahan"),
                    ("petugas", "Petugas dan pengurus wilayah saja"),
                    ("mati", "Ditutup: tidak seorang pun"),
                ],
                max_length=20,
                verbose_name="dari",
            ),
        ),
    ]
