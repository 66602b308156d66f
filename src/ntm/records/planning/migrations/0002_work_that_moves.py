import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="occurrence",
            name="risk_on",
            field=models.DateField(null=True, verbose_name="chậm so với thời gian từ ngày"),
        ),
        migrations.AddField(
            model_name="task",
            name="replaces",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="planning.task",
                verbose_name="thay cho nhiệm vụ",
            ),
        ),
    ]
