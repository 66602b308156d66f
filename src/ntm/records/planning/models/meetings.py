"""Giao ban, kiểm tra, nhắc việc, lịch: what keeps the work moving."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ntm.records.planning.models.versions import Plan
from ntm.records.planning.models.work import Occurrence, Task


class Meeting(models.Model):
    """Cuộc giao ban of a unit's steering committee or office. Its agenda is frozen when the minutes are kept."""

    class State(models.TextChoices):
        OPEN = "open", "đang chuẩn bị"
        HELD = "held", "đã họp"

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+", verbose_name="cơ quan họp")
    title = models.CharField("tên cuộc họp", max_length=300)
    on = models.DateField("ngày họp")
    since = models.DateField("kể từ ngày")  # the day of the meeting before: what changed since
    place = models.CharField("địa điểm", max_length=200, blank=True)
    chair = models.CharField("chủ trì", max_length=200, blank=True)
    secretary = models.CharField("thư ký", max_length=200, blank=True)
    attendees = models.TextField("thành phần", blank=True)
    state = models.CharField("tình trạng", max_length=5, choices=State.choices, default=State.OPEN)
    agenda = models.JSONField("nội dung đã họp", null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người mở")
    office = models.CharField("với tư cách", max_length=300)
    opened_at = models.DateTimeField("mở lúc")
    held_at = models.DateTimeField("ghi biên bản lúc", null=True)
    file = models.ForeignKey("archive.FileUse", models.PROTECT, null=True, related_name="+", verbose_name="biên bản")

    class Meta:
        verbose_name = "cuộc giao ban"
        ordering = ("-on", "-id")


class Conclusion(models.Model):
    """Kết luận giao ban; it becomes a task."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="conclusions")
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    text = models.TextField("kết luận")
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="conclusion", verbose_name="nhiệm vụ")
    about = models.ForeignKey(Occurrence, models.PROTECT, null=True, related_name="+", verbose_name="về nhiệm vụ")

    class Meta:
        verbose_name = "kết luận"
        ordering = ("order", "id")


class Inspection(models.Model):
    """Đợt kiểm tra, đôn đốc: a team goes to units with a checklist drawn from the criteria."""

    class State(models.TextChoices):
        PLANNED = "planned", "sắp kiểm tra"
        DONE = "done", "đã kiểm tra"
        CANCELLED = "cancelled", "không tiến hành"

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="nơi tổ chức")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="inspections")
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, null=True, related_name="inspections")
    title = models.CharField("tên đợt", max_length=300)
    start = models.DateField("từ ngày")
    end = models.DateField("đến hết ngày")
    decision = models.CharField("quyết định thành lập đoàn", max_length=200, blank=True)
    head = models.CharField("trưởng đoàn", max_length=200)
    team = models.TextField("thành viên", blank=True)
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.PLANNED)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")
    office = models.CharField("với tư cách", max_length=300)
    opened_at = models.DateTimeField("lập lúc")

    class Meta:
        verbose_name = "đợt kiểm tra"
        ordering = ("-start", "-id")


class InspectionVisit(models.Model):
    """Kiểm tra tại một đơn vị: the criteria looked at there, and what was found."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="visits")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị được kiểm tra")
    set = models.ForeignKey(
        "standing.RegisteredSet", models.PROTECT, null=True, related_name="+", verbose_name="bộ tiêu chí"
    )  # the unit's own, in force when the round began; null: that of the plan
    criteria = models.JSONField("tiêu chí kiểm tra", default=list)
    on = models.DateField("ngày kiểm tra", null=True)
    remarks = models.TextField("nhận xét chung", blank=True)

    class Meta:
        verbose_name = "đơn vị được kiểm tra"
        constraints = [models.UniqueConstraint(fields=["inspection", "unit"], name="unit_once_in_inspection")]


class InspectionFinding(models.Model):
    """Kết quả kiểm tra một tiêu chí, or a remark on the unit; a follow-up task may come of it."""

    class Result(models.TextChoices):
        GOOD = "good", "bảo đảm"
        LACKING = "lacking", "còn thiếu"
        WRONG = "wrong", "không đúng báo cáo"

    visit = models.ForeignKey(InspectionVisit, models.PROTECT, related_name="findings")
    criterion_no = models.PositiveSmallIntegerField("tiêu chí", null=True)
    result = models.CharField("kết quả", max_length=10, choices=Result.choices)
    text = models.TextField("nội dung", blank=True)
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="inspection_finding")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi")
    at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "kết quả kiểm tra"
        ordering = ("criterion_no", "id")


class Reminder(models.Model):
    """Nhắc việc đã gửi, so that nobody is told twice on a day; `step` says before, on the day, after, to the director."""

    class Step(models.TextChoices):
        SOON = "soon", "sắp đến hạn"
        OVERDUE = "overdue", "đã quá hạn"
        ESCALATED = "escalated", "báo cơ quan chỉ đạo"

    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nhận")
    step = models.CharField("nhắc", max_length=10, choices=Step.choices)
    on = models.DateField("ngày")
    by_mail = models.BooleanField("đã gửi thư", default=False)
    seen_at = models.DateTimeField("đã xem lúc", null=True)

    class Meta:
        verbose_name = "nhắc việc"
        constraints = [models.UniqueConstraint(fields=["occurrence", "user", "step"], name="reminded_once_a_step")]


class ReminderRun(models.Model):
    """Lần nhắc việc của một ngày: one row a day however many workers, so that a digest goes out once."""

    on = models.DateField("ngày", unique=True)
    began_at = models.DateTimeField("bắt đầu lúc")
    ended_at = models.DateTimeField("xong lúc", null=True)
    told = models.PositiveIntegerField("lời nhắc", default=0)
    mails = models.PositiveIntegerField("thư đã gửi", default=0)
    failed = models.PositiveIntegerField("thư chưa gửi được", default=0)

    class Meta:
        verbose_name = "lần nhắc việc"
        ordering = ("-on",)


class FeedKey(models.Model):
    """Khoá lịch iCal of a body or a person; only its hash is kept, it can be withdrawn."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")
    body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+", verbose_name="cơ quan")
    digest = models.CharField("mã băm", max_length=64, unique=True)
    made_at = models.DateTimeField("lập lúc")
    withdrawn_at = models.DateTimeField("rút lúc", null=True)

    class Meta:
        verbose_name = "khoá lịch"
