from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "duixian.units"
    verbose_name = "单位"
