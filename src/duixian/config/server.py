"""The production server, started from the command line."""

from gunicorn.app.base import BaseApplication


class _Server(BaseApplication):
    """gunicorn with our options and no files of its own."""

    def __init__(self, options: dict[str, object]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        from duixian.config.wsgi import application

        return application


def run_server(*, host: str, port: int, workers: int) -> None:
    """Serve until stopped. Sync workers: pages are short and their tail is the best of gunicorn's kinds."""
    _Server(
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "timeout": 60,
            # a worker is renewed now and then, so that no leak of a library can grow for months
            "max_requests": 5000,
            "max_requests_jitter": 500,
            "loglevel": "warning",
            "proc_name": "duixian",
        }
    ).run()
