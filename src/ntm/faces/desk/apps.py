from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "ntm.faces.desk"
    label = "desk"
    verbose_name = "Bàn làm việc"
