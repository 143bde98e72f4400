from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "duixian.reporting"
    verbose_name = "盘点"

    def ready(self) -> None:
        """Say what of a unit's duties is kept here."""
        from duixian.reporting.open_duties import tell_open_duties

        tell_open_duties()
