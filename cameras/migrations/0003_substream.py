from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cameras", "0002_owner"),
    ]

    operations = [
        migrations.AddField(
            model_name="camerasource",
            name="sealed_substream",
            field=models.TextField(blank=True, default="", editable=False),
        ),
    ]
