from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "duixian.console"
    verbose_name = "界面"
