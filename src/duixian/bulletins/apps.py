from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "duixian.bulletins"
    verbose_name = "通报"
