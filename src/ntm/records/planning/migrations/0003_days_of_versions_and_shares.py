import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_work_that_moves")]

    operations = [
        migrations.AddField(
            model_name="planversion", name="begun_on", field=models.DateField(null=True, verbose_name="mở ngày")
        ),
        migrations.AddField(
            model_name="planversion", name="reviewed_on", field=models.DateField(null=True, verbose_name="rà soát ngày")
        ),
        migrations.AddField(
            model_name="planversion",
            name="withdrawn_on",
            field=models.DateField(null=True, verbose_name="bỏ dự thảo ngày"),
        ),
        migrations.AddField(
            model_name="targetshare", name="answered_on", field=models.DateField(null=True, verbose_name="trả lời ngày")
        ),
        migrations.AddField(
            model_name="targetshare",
            name="replaces",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="planning.targetshare",
                verbose_name="thay cho phần giao",
            ),
        ),
    ]
