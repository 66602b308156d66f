"""Sổ truyền thông."""

from __future__ import annotations

from django.db import models

from ntm.records.registers.models.entries import Entry


class Communication(Entry):
    """Hoạt động tuyên truyền, truyền thông: so many of one kind."""

    class Kind(models.TextChoices):
        NEWS = "news", "tin, bài, phóng sự"
        BROADCAST = "broadcast", "phát thanh"
        MEETING = "meeting", "hội nghị, toạ đàm"
        BANNER = "banner", "pa nô, áp phích, băng rôn"
        LEAFLET = "leaflet", "tờ rơi, tài liệu"
        CONTEST = "contest", "hội thi, cuộc thi"
        ONLINE = "online", "trang thông tin, mạng xã hội"
        OTHER = "other", "khác"

    title = models.CharField("nội dung", max_length=500)
    kind = models.CharField("hình thức", max_length=10, choices=Kind.choices)
    end = models.DateField("đến ngày", null=True)
    count = models.PositiveIntegerField("số lượng", default=1)
    measure = models.CharField("đơn vị tính", max_length=40)
    people = models.PositiveIntegerField("số lượt người", null=True)
    result = models.TextField("kết quả", blank=True)
    cost = models.BigIntegerField("kinh phí", null=True)

    class Meta(Entry.Meta):
        verbose_name = "hoạt động truyền thông"
