"""The house while it is tested: a folder of its own, nothing sent, nothing slow."""

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="dateline-test-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["DATELINE_DATA"] = _FOLDER
os.environ.pop("DATELINE_CONFIG", None)

from dateline.config.settings.base import *  # noqa: E402, F403  (as it is)
from dateline.config.settings.base import DATABASES, STORAGES  # noqa: E402  (after the folder)

# Argon2 is slow on purpose; a test signs in a hundred times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The manifest is made by `collectstatic`, which no test of a page needs.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
# A test's transaction is rolled back, and no purge of it ever applied.
DATELINE_PAGES = None
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A test's database need not outlive the power.
    DATABASES["default"]["OPTIONS"]["init_command"] += ";PRAGMA synchronous=OFF"
