"""The product's settings as the tests run them: nothing of the caller's installation is touched.

TEST_DATABASE_URL moves the test database to PostgreSQL. A DATABASE_URL or DUIXIAN_DATA of the caller is not used:
tests must never write to an installation that someone works with.
"""

import atexit
import os
import shutil
import tempfile

_DATA = tempfile.mkdtemp(prefix="duixian-tests-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ["DUIXIAN_DATA"] = _DATA
os.environ.pop("DATABASE_URL", None)
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from duixian.config.settings import *  # noqa: E402, F403
from duixian.config.settings import DATABASES, STORAGES  # noqa: E402

# commands started by a test as programs of their own get their database from --data
os.environ.pop("DATABASE_URL", None)

SECRET_KEY = "only for tests"
# a strong hash costs a tenth of a second for every account a test makes
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# plain names, served straight from the sources: a test must not see the stylesheet of the last build
# every test client builds the middleware anew; WhiteNoise would each time take stock of all built files, 0.1 s
WHITENOISE_AUTOREFRESH = True
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file, as in an installation: in memory all threads of the live server would share one connection
    # made from the models at once: that the steps of the past come to the same is tests/config/test_migrating.py
    DATABASES["default"]["TEST"] = {"NAME": f"{_DATA}/tests.sqlite3", "MIGRATE": False}
    DATABASES["default"]["OPTIONS"] = DATABASES["default"]["OPTIONS"] | {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    }
