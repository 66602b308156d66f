"""Rà soát hiện trạng: a review opened by the upper office, with a day, a due day and a lock."""

from django.db import models


class Campaign(models.Model):
    """Đợt rà soát hiện trạng."""

    title = models.CharField("tên đợt", max_length=300)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="nơi mở")
    set = models.ForeignKey("standing.RegisteredSet", models.PROTECT, related_name="+", verbose_name="bộ tiêu chí")
    as_of = models.DateField("số liệu đến ngày")
    due = models.DateField("hạn gửi")
    opened_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", verbose_name="người mở")
    office = models.CharField("với tư cách", max_length=300)
    opened_at = models.DateTimeField("mở lúc")
    opened_on = models.DateField("mở từ ngày")  # the office's day, which is not the clock's when told afterwards
    locked_at = models.DateTimeField("khoá lúc", null=True)
    locked_on = models.DateField("khoá từ ngày", null=True)
    locked_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", verbose_name="người khoá")

    class Meta:
        verbose_name = "đợt rà soát"

    def __str__(self) -> str:
        return self.title


class CampaignUnit(models.Model):
    """Đơn vị trong đợt: the units asked, fixed on the day of opening."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="units")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    first_typed_at = models.DateTimeField("bắt đầu nhập lúc", null=True)
    sent_at = models.DateTimeField("gửi đủ lúc", null=True)  # when the last of what is asked was sent
    sent_items = models.PositiveSmallIntegerField("số nội dung đã gửi", default=0)

    class Meta:
        verbose_name = "đơn vị trong đợt rà soát"
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="unit_once_in_campaign")]
