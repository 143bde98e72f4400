from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "duixian.indicators"
    verbose_name = "指标"
