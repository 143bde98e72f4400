from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "duixian.register"
    verbose_name = "台账"

    def ready(self) -> None:
        """Say what of a unit's duties is kept here."""
        from duixian.register.open_duties import tell_open_duties

        tell_open_duties()
