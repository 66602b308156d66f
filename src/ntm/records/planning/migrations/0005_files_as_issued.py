import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0005_templates_and_prints"),
        ("planning", "0004_parts_of_units_and_daily_reminders"),
    ]

    operations = [
        migrations.AddField(
            model_name="planversion",
            name="tables",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="archive.fileuse",
                verbose_name="các biểu đã viết",
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="template",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="archive.officetemplate",
                verbose_name="viết theo mẫu",
            ),
        ),
    ]
