from django.apps import AppConfig


class StandingConfig(AppConfig):
    name = "ntm.records.standing"
    label = "standing"
    verbose_name = "Hiện trạng"
    default_auto_field = "django.db.models.BigAutoField"
