import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0005_files_as_issued"),
        ("units", "0002_no_overlap"),
    ]

    operations = [
        migrations.AddField(
            model_name="taskbody",
            name="every_unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.unit",
                verbose_name="chỉ của đơn vị",
            ),
        ),
    ]
