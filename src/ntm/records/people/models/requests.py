"""Yêu cầu đã trả lời: a program that repeats a request under the same key gets the first answer again."""

from __future__ import annotations

from django.db import models

from ntm.records.people.models.offices import Holding


class AnsweredRequest(models.Model):
    """Yêu cầu đã trả lời. `fingerprint` is of the address and body: the same key for another request is a mistake."""

    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="+", verbose_name="chức danh")
    key = models.CharField("khoá lặp", max_length=200)
    fingerprint = models.CharField("dấu của yêu cầu", max_length=64)
    status = models.PositiveSmallIntegerField("mã trả lời")
    body = models.TextField("trả lời")
    answered_at = models.DateTimeField("trả lời lúc")

    class Meta:
        verbose_name = "yêu cầu đã trả lời"
        verbose_name_plural = "yêu cầu đã trả lời"
        constraints = [models.UniqueConstraint(fields=("holding", "key"), name="people_request_answered_once")]

    def __str__(self) -> str:
        return self.key
