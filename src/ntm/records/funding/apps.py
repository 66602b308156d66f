from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "ntm.records.funding"
    label = "funding"
    verbose_name = "Nguồn lực"
