"""Đợt rà soát nào cũng có ngày mở: apart, because a table is not altered in the transaction that filled it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("standing", "0006_reviews_by_day_and_share")]

    operations = [
        migrations.AlterField("campaign", "opened_on", models.DateField(verbose_name="mở từ ngày")),
    ]
