"""What every test stands on. Under CI a skipped test is a failure: the suite is whole or it is not green."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["small_area"]  # the fixtures `area` and `holder`, for records and faces alike

LONGEST = 300  # seconds for one test with its fixtures: a hang must not cost the whole run
SHARED = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile(
    "house", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _files_of_a_test_stay_in_its_folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Uploaded files of a test that opens the database go to a folder of its own."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        django_settings = request.getfixturevalue("settings")
        folder = tmp_path_factory.mktemp("files")
        storages = dict(django_settings.STORAGES)
        storages["default"] = {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder)},
        }
        django_settings.STORAGES = storages


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """A test that hangs fails and says where; the suite goes on."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"{item.nodeid}: still running after {LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file of this worker, as in production: each thread of the live server has a connection of its own.

    A database in memory is one connection (or one shared cache) for all threads; its locks do not wait.
    """
    from django.db import connections

    database = connections["default"]
    if database.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "ntm.sqlite3"
        database.settings_dict["TEST"]["NAME"] = str(file)
        options = database.settings_dict["OPTIONS"]
        options["init_command"] += " PRAGMA synchronous=OFF;"  # nothing of it has to survive a power cut


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """The log refuses to be emptied; between two tests that commit, a test database has to be."""
    from django.db import connection
    from django.test import TransactionTestCase

    from ntm.records.audit import append_only

    emptied = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with append_only.lifted(connection):
            emptied(case)

    TransactionTestCase._fixture_teardown = teardown


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material beside the project; tests that use it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared material is not beside the project")
    return SHARED


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if not os.environ.get("CI") or hasattr(session.config, "workerinput"):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print(f"\n{len(skipped)} skipped under CI: counted as failed")  # noqa: T201
