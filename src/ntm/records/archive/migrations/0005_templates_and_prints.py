import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0004_document_search"),
        ("people", "0003_answered_requests"),
        ("units", "0002_no_overlap"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="fileuse",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("evidence", "minh chứng"),
                    ("document", "văn bản"),
                    ("upload", "tệp nhập số liệu"),
                    ("produced", "tệp hệ thống viết ra"),
                    ("template", "mẫu văn bản"),
                ],
                max_length=20,
                verbose_name="dùng làm",
            ),
        ),
        migrations.CreateModel(
            name="OfficeTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plan", "kế hoạch"),
                            ("decision", "quyết định"),
                            ("letter", "công văn"),
                            ("minutes", "biên bản"),
                            ("report", "báo cáo"),
                        ],
                        max_length=10,
                        verbose_name="loại văn bản",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="bản")),
                ("name", models.CharField(max_length=200, verbose_name="tên mẫu")),
                ("fields", models.JSONField(default=list, verbose_name="trường đã dùng")),
                ("office", models.CharField(max_length=300, verbose_name="với chức danh")),
                ("on", models.DateField(verbose_name="cho ngày")),
                ("offered_at", models.DateTimeField(verbose_name="tải lên lúc")),
                ("since", models.DateField(blank=True, null=True, verbose_name="dùng từ ngày")),
                ("until", models.DateField(blank=True, null=True, verbose_name="đến trước ngày")),
                (
                    "ended_reason",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="lý do thôi dùng"),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="bỏ lúc")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.body",
                        verbose_name="cơ quan",
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người tải lên",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "use",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="archive.fileuse",
                        verbose_name="tệp",
                    ),
                ),
            ],
            options={
                "verbose_name": "mẫu văn bản",
                "verbose_name_plural": "mẫu văn bản",
                "ordering": ("unit_id", "kind", "-version"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("body", None)),
                        fields=("unit", "kind", "version"),
                        name="archive_template_version_once",
                    ),
                    models.UniqueConstraint(
                        fields=("unit", "kind", "body", "version"), name="archive_template_version_of_body_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("body", None), ("since__isnull", False), ("until", None)),
                        fields=("unit", "kind"),
                        name="archive_one_template_in_force",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("since__isnull", False), ("until", None)),
                        fields=("unit", "kind", "body"),
                        name="archive_one_template_of_body_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None),
                            models.Q(("since__isnull", False), ("until__gte", models.F("since"))),
                            _connector="OR",
                        ),
                        name="archive_template_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withdrawn_at", None), ("since", None), _connector="OR"),
                        name="archive_template_withdrawn_before_use",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PdfPrint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "đang chờ"),
                            ("running", "đang in"),
                            ("done", "đã xong"),
                            ("failed", "không in được"),
                        ],
                        db_index=True,
                        default="queued",
                        max_length=10,
                        verbose_name="tình trạng",
                    ),
                ),
                (
                    "sentence",
                    models.CharField(blank=True, default="", max_length=1000, verbose_name="lý do không in được"),
                ),
                ("queued_at", models.DateTimeField(verbose_name="xếp hàng lúc")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="bắt đầu lúc")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="xong lúc")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người yêu cầu",
                    ),
                ),
                (
                    "made",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="archive.storedfile",
                        verbose_name="tệp PDF",
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="print",
                        to="archive.storedfile",
                        verbose_name="tệp Word",
                    ),
                ),
            ],
            options={
                "verbose_name": "bản in PDF",
                "verbose_name_plural": "bản in PDF",
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True), ("made__isnull", False), _connector="OR"
                        ),
                        name="archive_print_done_is_kept",
                    )
                ],
            },
        ),
    ]
