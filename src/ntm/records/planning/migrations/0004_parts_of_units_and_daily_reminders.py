import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0004_document_search"),
        ("planning", "0003_days_of_versions_and_shares"),
        ("standing", "0007_reviews_have_a_day"),
        ("units", "0002_no_overlap"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReminderRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True, verbose_name="ngày")),
                ("began_at", models.DateTimeField(verbose_name="bắt đầu lúc")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                ("told", models.PositiveIntegerField(default=0, verbose_name="lời nhắc")),
                ("mails", models.PositiveIntegerField(default=0, verbose_name="thư đã gửi")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="thư chưa gửi được")),
            ],
            options={
                "verbose_name": "lần nhắc việc",
                "ordering": ("-on",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="occurrence",
            name="occurrence_once",
        ),
        migrations.AddField(
            model_name="inspectionvisit",
            name="set",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="standing.registeredset",
                verbose_name="bộ tiêu chí",
            ),
        ),
        migrations.AddField(
            model_name="occurrence",
            name="of_kind",
            field=models.CharField(blank=True, max_length=30, verbose_name="của cơ quan loại"),
        ),
        migrations.AddField(
            model_name="occurrence",
            name="of_part",
            field=models.CharField(
                blank=True,
                choices=[("directing", "chỉ đạo"), ("lead", "chủ trì"), ("coordinating", "phối hợp")],
                max_length=12,
                verbose_name="vai trò",
            ),
        ),
        migrations.AddField(
            model_name="occurrence",
            name="of_unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.unit",
                verbose_name="của đơn vị",
            ),
        ),
        migrations.AddField(
            model_name="occurrence",
            name="whole",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="of_units",
                to="planning.occurrence",
                verbose_name="phần của kỳ",
            ),
        ),
        migrations.AddField(
            model_name="taskbody",
            name="every_kind",
            field=models.CharField(blank=True, max_length=30, verbose_name="mỗi đơn vị dưới một cơ quan loại"),
        ),
        migrations.AddField(
            model_name="taskbody",
            name="every_level",
            field=models.CharField(blank=True, max_length=5, verbose_name="của đơn vị cấp"),
        ),
        migrations.AddField(
            model_name="taskbody",
            name="every_of",
            field=models.CharField(blank=True, max_length=20, verbose_name="loại đơn vị"),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("whole__isnull", True)), fields=("task", "no"), name="occurrence_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.UniqueConstraint(fields=("whole", "of_unit"), name="occurrence_once_a_unit"),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("of_unit__isnull", True), ("whole__isnull", True)),
                    models.Q(("of_unit__isnull", False), ("whole__isnull", False)),
                    _connector="OR",
                ),
                name="occurrence_part_of_a_unit",
            ),
        ),
    ]
