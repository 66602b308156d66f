from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "ntm.records.people"
    label = "people"
    verbose_name = "Con người, cơ quan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the start check."""
        from ntm.records.people import checks  # noqa: F401
