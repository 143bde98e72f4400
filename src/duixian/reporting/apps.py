from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "duixian.reporting"
    verbose_name = "盘点"
