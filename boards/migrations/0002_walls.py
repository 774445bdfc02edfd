import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0001_favourites"),
        ("cameras", "0005_confirmed_views_and_timetables"),
        ("neighborhoods", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Wall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="nama")),
                (
                    "side",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="kamera sebaris",
                    ),
                ),
                ("seconds", models.PositiveSmallIntegerField(default=0, verbose_name="detik per halaman")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="dibuat"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="walls",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pemilik",
                    ),
                ),
                (
                    "shared_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="walls",
                        to="neighborhoods.rt",
                        verbose_name="dibagikan kepada",
                    ),
                ),
            ],
            options={
                "verbose_name": "dinding kamera",
                "verbose_name_plural": "dinding kamera",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name"), name="one_wall_of_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("side__gte", 2), ("side__lte", 6)), name="wall_side_within_bounds"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seconds", 0), models.Q(("seconds__gte", 10), ("seconds__lte", 300)), _connector="OR"
                        ),
                        name="wall_seconds_within_bounds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WallTile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="urutan")),
                (
                    "camera",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cameras.camera",
                        verbose_name="kamera",
                    ),
                ),
                (
                    "wall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tiles",
                        to="boards.wall",
                        verbose_name="dinding",
                    ),
                ),
            ],
            options={
                "verbose_name": "petak dinding",
                "verbose_name_plural": "petak dinding",
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("wall", "camera"), name="a_camera_once_on_a_wall")],
            },
        ),
    ]
