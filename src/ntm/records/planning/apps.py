from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "ntm.records.planning"
    label = "planning"
    verbose_name = "Kế hoạch"
