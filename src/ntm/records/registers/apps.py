from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "ntm.records.registers"
    label = "registers"
    verbose_name = "Sổ theo dõi"
