from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "duixian.indicators"
    verbose_name = "指标"

    def ready(self) -> None:
        """Say what of a unit's duties is kept here."""
        from duixian.indicators.open_duties import tell_open_duties

        tell_open_duties()
