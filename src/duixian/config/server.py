"""The production server, started from the command line."""

import errno
import socket

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


class PortTaken(Exception):  # noqa: N818 - reads as what happened
    """Nobody can listen there; the message says what to do."""


def _check_port(host: str, port: int) -> None:
    """Raise PortTaken where the server could not listen: gunicorn itself would try five times and say so in English."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise PortTaken(f"没有权限使用端口{port}，请用 --port 换一个1024以上的。") from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(f"端口{port}已被别的程序占用，请用 --port 换一个。") from error
            raise PortTaken(f"不能在 {host} 上监听，请核对 --host。") from error


def run_server(*, host: str, port: int, workers: int) -> None:
    """Serve until stopped, with background work beside.

    Sync workers: pages are short and their tail is the best of gunicorn's kinds.

    Raises PortTaken where the port cannot be had.
    """
    from duixian.config.worker import worker_beside

    _check_port(host, port)
    server = _Server(
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
    )
    with worker_beside():
        server.run()
