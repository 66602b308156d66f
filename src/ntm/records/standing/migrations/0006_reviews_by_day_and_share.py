"""Đợt rà soát: the office's day of opening and locking, and how much of what is asked each unit has sent."""

from django.db import migrations, models
from django.utils import timezone

from ntm.domain import criteria

_SENT = (2, 3, 4)  # sent, accepted, returned


def days_and_shares(apps, schema_editor):
    """Reviews told after their due day count as opened on the day of their figures; a unit is done when all was sent."""
    from ntm.records.standing.asked_items import answered, asked_count

    observations = apps.get_model("standing", "Observation").objects
    shipped = set(criteria.catalogue().codes())
    for campaign in apps.get_model("standing", "Campaign").objects.select_related("set"):
        opened = timezone.localtime(campaign.opened_at).date()
        campaign.opened_on = opened if opened <= campaign.due else min(campaign.as_of, campaign.due)
        if campaign.locked_at:
            locked = timezone.localtime(campaign.locked_at).date()
            campaign.locked_on = locked if opened <= campaign.due else campaign.due
        campaign.save(update_fields=["opened_on", "locked_on"])
        content = criteria.catalogue().get(campaign.set.code) if campaign.set.code in shipped else None
        for asked in campaign.units.all():
            codes = set(
                observations.filter(
                    unit_id=asked.unit_id, set_id=campaign.set_id, as_of=campaign.as_of, stage=1, state__in=_SENT
                ).values_list("code", flat=True)
            )
            asked.sent_items = answered(content, campaign.as_of, codes) if content else len(codes)
            if content and asked.sent_items < asked_count(content, campaign.as_of):
                asked.sent_at = None
            asked.save(update_fields=["sent_items", "sent_at"])


class Migration(migrations.Migration):
    dependencies = [("standing", "0005_carried_figures")]

    operations = [
        migrations.AddField("campaign", "opened_on", models.DateField(null=True, verbose_name="mở từ ngày")),
        migrations.AddField("campaign", "locked_on", models.DateField(null=True, verbose_name="khoá từ ngày")),
        migrations.AddField(
            "campaignunit", "sent_items", models.PositiveSmallIntegerField(default=0, verbose_name="số nội dung đã gửi")
        ),
        migrations.AlterField(
            "campaignunit", "sent_at", models.DateTimeField(null=True, verbose_name="gửi đủ lúc")
        ),
        migrations.RunPython(days_and_shares, migrations.RunPython.noop),
    ]
