"""Công trình: what is built, for which criterion, from which sources; progress, accepted volume, plan to clear its debt."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ntm.records.funding.models.posted import KindChoice, Posted, Signed


class WorksState(models.TextChoices):
    """Tình trạng."""

    PLANNED = "planned", "dự kiến"
    APPROVED = "approved", "đã phê duyệt"
    BUILDING = "building", "đang thi công"
    COMPLETED = "completed", "đã hoàn thành"
    HANDED_OVER = "handed_over", "đã bàn giao, đưa vào sử dụng"
    STOPPED = "stopped", "dừng"


class Execution(models.TextChoices):
    """Cách làm."""

    COMMUNITY = "community", "cộng đồng thực hiện"
    CONTRACTED = "contracted", "nhà thầu thực hiện"


class Works(Signed):
    """Công trình. total_cost and state are the newest; the notes tell how they came about."""

    code = models.CharField("mã công trình", max_length=40)
    name = models.CharField("tên công trình", max_length=500)
    key = models.CharField("khoá tìm kiếm", max_length=600, blank=True, editable=False)  # code and name without marks
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị")
    village = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+", verbose_name="thôn")
    set_code = models.CharField("bộ tiêu chí", max_length=80, blank=True)
    criterion_no = models.PositiveSmallIntegerField("tiêu chí", null=True)
    indicator_code = models.CharField("chỉ tiêu", max_length=20, blank=True)
    decision = models.CharField("quyết định phê duyệt", max_length=300, blank=True)
    decision_on = models.DateField("ngày phê duyệt", null=True)
    in_public_plan = models.BooleanField("thuộc kế hoạch đầu tư công", default=True)
    execution = models.CharField("cách làm", max_length=10, choices=Execution.choices)
    contractor = models.CharField("nhà thầu, cộng đồng thực hiện", max_length=300, blank=True)
    total_cost = models.BigIntegerField("tổng mức đầu tư (đồng)")
    start_planned = models.DateField("dự kiến khởi công", null=True)
    end_planned = models.DateField("dự kiến hoàn thành", null=True)
    state = models.CharField("tình trạng", max_length=12, choices=WorksState.choices, default=WorksState.PLANNED)
    percent = models.PositiveSmallIntegerField("khối lượng đã làm (%)", default=0)
    latitude = models.DecimalField("vĩ độ", max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField("kinh độ", max_digits=9, decimal_places=6, null=True)
    keeper = models.CharField("đơn vị quản lý, bảo trì", max_length=300, blank=True)
    debt_reason = models.CharField("lý do làm mới khi còn nợ", max_length=1000, blank=True)
    on = models.DateField("ghi ngày")

    class Meta:
        verbose_name = "công trình"
        ordering = ("unit", "code")
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="works_code_once"),
            models.CheckConstraint(condition=Q(total_cost__gt=0), name="works_cost_positive"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="works_percent"),
            models.CheckConstraint(
                condition=Q(start_planned__isnull=True)
                | Q(end_planned__isnull=True)
                | Q(end_planned__gte=F("start_planned")),
                name="works_forward",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="works_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class WorksFund(models.Model):
    """Cơ cấu vốn của công trình: what each source is to bring."""

    works = models.ForeignKey(Works, models.PROTECT, related_name="funds")
    source = models.CharField("nguồn vốn", max_length=40)
    kind = models.CharField("loại vốn", max_length=10, choices=KindChoice.choices)
    amount = models.BigIntegerField("số tiền (đồng)")
    replaced_at = models.DateTimeField("thay lúc", null=True)

    class Meta:
        verbose_name = "cơ cấu vốn của công trình"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="works_fund_positive"),
            models.UniqueConstraint(
                fields=["works", "source", "kind"], condition=Q(replaced_at__isnull=True), name="works_fund_once"
            ),
        ]


class WorksNote(Signed):
    """Ghi tiến độ công trình: state and share done on a day, with photographs and place; never changed."""

    works = models.ForeignKey(Works, models.PROTECT, related_name="notes")
    on = models.DateField("ngày")
    state = models.CharField("tình trạng sau đó", max_length=12, choices=WorksState.choices)
    percent = models.PositiveSmallIntegerField("khối lượng đã làm (%)")
    total_cost = models.BigIntegerField("tổng mức sau điều chỉnh (đồng)", null=True)
    text = models.TextField("nội dung")
    latitude = models.DecimalField("vĩ độ", max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField("kinh độ", max_digits=9, decimal_places=6, null=True)
    files = models.ManyToManyField("archive.FileUse", related_name="+", verbose_name="ảnh, hồ sơ")

    class Meta:
        verbose_name = "ghi tiến độ công trình"
        ordering = ("on", "id")
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="works_note_percent")]


class AcceptedVolume(Posted):
    """Khối lượng nghiệm thu: what is owed from that day on, to whom."""

    works = models.ForeignKey(Works, models.PROTECT, related_name="volumes", db_index=False, verbose_name="công trình")
    record = models.CharField("biên bản nghiệm thu", max_length=200)
    creditor = models.CharField("đơn vị được thanh toán", max_length=300)
    latitude = models.DecimalField("vĩ độ", max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField("kinh độ", max_digits=9, decimal_places=6, null=True)
    files = models.ManyToManyField("archive.FileUse", related_name="+", verbose_name="ảnh, biên bản")

    class Meta(Posted.Meta):
        verbose_name = "khối lượng nghiệm thu"
        indexes = [
            models.Index(fields=["works", "on", "amount"], name="accepted_by_works"),
            models.Index(fields=["unit", "placed_on", "on", "works", "amount"], name="accepted_by_unit"),
        ]


class DebtPlan(Signed):
    """Phương án trả nợ: how much, from which source, by when. A newer one of the works takes its place."""

    works = models.ForeignKey(Works, models.PROTECT, related_name="debt_plans")
    amount = models.BigIntegerField("số tiền (đồng)")
    source = models.CharField("nguồn vốn", max_length=40)
    due = models.DateField("hạn trả")
    on = models.DateField("ngày")
    replaced_on = models.DateField("thay ngày", null=True)

    class Meta:
        verbose_name = "phương án trả nợ"
        ordering = ("due", "id")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="debt_plan_positive")]
