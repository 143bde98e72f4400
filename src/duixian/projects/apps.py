from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "duixian.projects"
    default_auto_field = "django.db.models.BigAutoField"
