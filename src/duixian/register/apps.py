from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "duixian.register"
    verbose_name = "台账"
