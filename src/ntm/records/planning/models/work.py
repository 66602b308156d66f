"""Chương trình công tác: groups, tasks, who directs, leads and coordinates, each time a task falls due, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ntm.records.planning.models.versions import Plan, Versioned


class TaskGroup(Versioned):
    """Nhóm nhiệm vụ: "I. Nhiệm vụ trong Quý I/2020", with a deadline of its own where the plan gives one."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="task_groups")
    no = models.CharField("số", max_length=20, blank=True)
    name = models.CharField("nhóm nhiệm vụ", max_length=500)
    deadline_words = models.CharField("thời hạn, như đã viết", max_length=300, blank=True)

    class Meta:
        verbose_name = "nhóm nhiệm vụ"
        ordering = ("order", "id")


class Task(Versioned):
    """Nhiệm vụ. `unit` is the unit whose office gives it out; a task without a plan comes from a meeting or an inspection."""

    class Origin(models.TextChoices):
        PLAN = "plan", "kế hoạch"
        MEETING = "meeting", "kết luận giao ban"
        INSPECTION = "inspection", "kiến nghị kiểm tra"
        SPLIT = "split", "chia nhỏ từ nhiệm vụ"

    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="tasks")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="nơi giao")
    group = models.ForeignKey(TaskGroup, models.PROTECT, null=True, related_name="tasks", verbose_name="nhóm")
    origin = models.CharField("từ đâu", max_length=10, choices=Origin.choices, default=Origin.PLAN)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="split_into", verbose_name="thuộc nhiệm vụ"
    )
    no = models.CharField("số", max_length=20, blank=True)
    what = models.TextField("nhiệm vụ")
    product = models.CharField("sản phẩm, kết quả phải có", max_length=500, blank=True)
    deadline_words = models.CharField("thời hạn, như đã viết", max_length=300, blank=True)
    deadline_year = models.PositiveSmallIntegerField("năm của thời hạn")
    last_due = models.DateField("hạn cuối", null=True)  # null: without a last day (thường xuyên)
    criteria = models.JSONField("tiêu chí phục vụ", default=list, blank=True)  # numbers
    gap = models.ForeignKey(
        "standing.Gap", models.PROTECT, null=True, related_name="+", verbose_name="hạng mục còn thiếu"
    )
    target = models.ForeignKey(
        "planning.PlanTarget", models.PROTECT, null=True, related_name="tasks", verbose_name="chỉ tiêu phục vụ"
    )
    from_occurrence = models.ForeignKey(
        "planning.Occurrence", models.PROTECT, null=True, related_name="+", verbose_name="chia từ kỳ"
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="thay cho nhiệm vụ"
    )  # the same task as an earlier version of the plan had it; its occurrences come along when that version is issued

    class Meta:
        verbose_name = "nhiệm vụ"
        ordering = ("order", "id")
        indexes = [models.Index(fields=["unit", "last_due"], name="task_of_unit")]


class TaskBody(models.Model):
    """Cơ quan của nhiệm vụ. `words` as the plan writes it; `body` when it is known; a unit's committee when a unit is told.

    "UBND các xã" means one body in each lower unit: then `every_kind`, `every_level` and `every_of` say which, and each
    of those units has its own part of every occurrence (drawing_units). A body of one named lower unit that is not in the
    directory is told the same way, with `every_unit`.
    """

    class Part(models.TextChoices):
        DIRECTING = "directing", "chỉ đạo"
        LEAD = "lead", "chủ trì"
        COORDINATING = "coordinating", "phối hợp"

    task = models.ForeignKey(Task, models.PROTECT, related_name="bodies")
    part = models.CharField("vai trò", max_length=12, choices=Part.choices)
    words = models.CharField("cơ quan, như đã viết", max_length=500)
    body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+", verbose_name="cơ quan")
    every_kind = models.CharField("mỗi đơn vị dưới một cơ quan loại", max_length=30, blank=True)  # BodyKind
    every_level = models.CharField("của đơn vị cấp", max_length=5, blank=True)  # huyen, xa, thon
    every_of = models.CharField(
        "loại đơn vị", max_length=20, blank=True
    )  # "xa", "thi tran": folded; empty: the whole level
    every_unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, related_name="+", verbose_name="chỉ của đơn vị"
    )  # "UBND xã Văn An", of which no body is registered
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    since = models.PositiveSmallIntegerField("từ lần", default=1)
    until = models.PositiveSmallIntegerField("đến trước lần", null=True)

    class Meta:
        verbose_name = "cơ quan của nhiệm vụ"
        ordering = ("order", "id")
        indexes = [models.Index(fields=["body", "part"], name="task_body_list")]


class OccurrenceState(models.TextChoices):
    """Tình trạng một kỳ của nhiệm vụ; overdue and due soon are worked out from the day asked, never kept."""

    OPEN = "open", "chưa làm"
    STARTED = "started", "đang làm"
    DONE = "done", "đã xong"
    CANCELLED = "cancelled", "không thực hiện"


ENDED = (OccurrenceState.DONE, OccurrenceState.CANCELLED)


class Occurrence(models.Model):
    """Kỳ của nhiệm vụ: one time it falls due; a task without days has one occurrence without a due day.

    A part of a lower unit (`whole`, `of_unit`, `of_kind`, `of_part`) is that unit's own share of the same time: it has its
    own state, notes and evidence, and stands in that unit's list only.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="occurrences")
    no = models.PositiveSmallIntegerField("kỳ", default=1)
    start = models.DateField("từ ngày", null=True)
    due = models.DateField("hạn", null=True)
    state = models.CharField("tình trạng", max_length=10, choices=OccurrenceState.choices, default=OccurrenceState.OPEN)
    started_on = models.DateField("bắt đầu ngày", null=True)
    ended_on = models.DateField("xong ngày", null=True)  # of done and cancelled
    result = models.TextField("kết quả", blank=True)
    result_number = models.CharField("văn bản kết quả", max_length=200, blank=True)
    result_document = models.ForeignKey(
        "archive.OfficialDocument", models.PROTECT, null=True, related_name="+", verbose_name="văn bản kết quả"
    )
    percent = models.PositiveSmallIntegerField("đã làm (%)", null=True)
    risk_on = models.DateField("chậm so với thời gian từ ngày", null=True)  # services.drawing works it out
    whole = models.ForeignKey("self", models.PROTECT, null=True, related_name="of_units", verbose_name="phần của kỳ")
    of_unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+", verbose_name="của đơn vị")
    of_kind = models.CharField("của cơ quan loại", max_length=30, blank=True)  # BodyKind
    of_part = models.CharField("vai trò", max_length=12, blank=True, choices=TaskBody.Part.choices)

    class Meta:
        verbose_name = "kỳ của nhiệm vụ"
        ordering = ("due", "id")
        constraints = [
            models.UniqueConstraint(fields=["task", "no"], condition=Q(whole__isnull=True), name="occurrence_once"),
            models.UniqueConstraint(fields=["whole", "of_unit"], name="occurrence_once_a_unit"),
            models.CheckConstraint(
                condition=Q(whole__isnull=True, of_unit__isnull=True) | Q(whole__isnull=False, of_unit__isnull=False),
                name="occurrence_part_of_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(due__isnull=True) | Q(due__gte=F("start")),
                name="occurrence_forward",
            ),
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="occurrence_percent"),
        ]
        indexes = [models.Index(fields=["state", "due"], name="occurrence_by_due")]


class ProgressNote(models.Model):
    """Ghi tiến độ: what someone reported of an occurrence on a day, with files; never changed."""

    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="notes")
    text = models.TextField("nội dung")
    state = models.CharField("tình trạng sau đó", max_length=10, choices=OccurrenceState.choices)
    percent = models.PositiveSmallIntegerField("đã làm (%)", null=True)
    on = models.DateField("ngày")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi")
    office = models.CharField("với tư cách", max_length=300)
    at = models.DateTimeField("ghi lúc")
    files = models.ManyToManyField("archive.FileUse", related_name="+", verbose_name="minh chứng")

    class Meta:
        verbose_name = "ghi tiến độ"
        ordering = ("at", "id")


class CoordinationPart(models.Model):
    """Phần phối hợp: a coordinating body says that its part of an occurrence is done, and what it did."""

    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="coordination")
    task_body = models.ForeignKey(TaskBody, models.PROTECT, related_name="+", verbose_name="cơ quan phối hợp")
    words = models.TextField("đã làm gì")
    on = models.DateField("ngày")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xác nhận")
    office = models.CharField("với tư cách", max_length=300)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "phần phối hợp"
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "task_body"], name="coordination_once_an_occurrence")
        ]


class PersonPart(models.Model):
    """Phần giao cho một người: a lead splits an occurrence among its people."""

    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người làm")
    words = models.CharField("việc", max_length=500)
    due = models.DateField("hạn", null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người giao")
    given_at = models.DateTimeField("giao lúc")
    done_on = models.DateField("xong ngày", null=True)
    result = models.TextField("kết quả", blank=True)
    withdrawn_at = models.DateTimeField("rút lúc", null=True)

    class Meta:
        verbose_name = "phần việc của một người"
        ordering = ("due", "id")
