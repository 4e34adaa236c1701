"""Loaded before Django's settings: the tests' own data folder and keys."""

import os
import tempfile
from pathlib import Path

os.environ["FUJING_DATA"] = str(Path(tempfile.gettempdir()) / f"fujing-tests-{os.getpid()}")
os.environ["FUJING_SECRET_KEY"] = "only-for-tests"
os.environ["FUJING_FIELD_KEY_1"] = "only-for-tests"
for name in ("FUJING_DATABASE_URL", "FUJING_APP_DATABASE_URL", "FUJING_DATABASE_ROLE"):
    os.environ.pop(name, None)
