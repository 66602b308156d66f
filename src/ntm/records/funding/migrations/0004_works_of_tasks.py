import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0003_works_on_a_page"),
        ("planning", "0005_files_as_issued"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TaskWorks",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="ghi chú")),
                ("office", models.CharField(max_length=300, verbose_name="với tư cách")),
                ("recorded_at", models.DateTimeField(verbose_name="ghi lúc")),
                ("on", models.DateField(verbose_name="từ ngày")),
                ("until", models.DateField(null=True, verbose_name="bỏ ngày")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.task",
                        verbose_name="nhiệm vụ",
                    ),
                ),
                (
                    "works",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="served_by",
                        to="funding.works",
                        verbose_name="công trình",
                    ),
                ),
            ],
            options={
                "verbose_name": "công trình của nhiệm vụ",
                "ordering": ("task_id", "works_id", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("task", "works"),
                        name="task_serves_works_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("on")), _connector="OR"),
                        name="task_works_forward",
                    ),
                ],
            },
        ),
    ]
