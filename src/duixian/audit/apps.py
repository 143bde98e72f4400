from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "duixian.audit"
    verbose_name = "审计"
