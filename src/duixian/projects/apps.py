from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "duixian.projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what of a unit's duties is kept here."""
        from duixian.projects.open_duties import tell_open_duties

        tell_open_duties()
