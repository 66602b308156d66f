"""Số liệu mang sang: which figures of former units a figure of the unit formed of them was made from."""

from django.db import models


class CarriedFrom(models.Model):
    """Nguồn của số liệu mang sang khi sắp xếp đơn vị."""

    observation = models.ForeignKey(
        "standing.Observation", models.PROTECT, related_name="carried_from", verbose_name="số liệu mang sang"
    )
    source = models.ForeignKey(
        "standing.Observation", models.PROTECT, related_name="carried_to", verbose_name="số liệu của đơn vị cũ"
    )

    class Meta:
        verbose_name = "nguồn của số liệu mang sang"
        constraints = [models.UniqueConstraint(fields=["observation", "source"], name="carried_from_once")]
