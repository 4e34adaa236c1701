"""导入花名册 on the desk: what was seen is what is done, once, and it can be taken back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fujing.kernel.actor import acting
from fujing.registry.models import Person, RosterImport
from fujing.web.sealed import PATH
from tests import factories
from tests.clients import client_with
from tests.factories import SANTAI, YANTING
from tests.law.roster_tools import DAY, written
from tests.markup import flat
from tests.registry.moving_in import ORGAN, row

pytestmark = pytest.mark.django_db
MOST = 18  # the session, what is recorded, quota and names, however many people the file has
PREVIEW, IMPORTS = f"{PATH}import/", f"{PATH}imports/"


@pytest.fixture(autouse=True)
def _emptied() -> Iterator[None]:
    yield
    shutil.rmtree(Path(settings.DATA) / "sealed", ignore_errors=True)


@pytest.fixture
def officer() -> Client:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
    return client_with(SANTAI, "hr_officer")


def uploaded(client: Client, path: Path) -> None:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    assert client.post(PATH, {"file": file, "as_of": DAY.isoformat()}).status_code == 302


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


def people() -> int:
    with acting(factories.PROVINCIAL):
        return Person.objects.count()


def test_a_roster_is_previewed_confirmed_once_and_taken_back(officer: Client, tmp_path: Path) -> None:
    rows = [row(1, 用工方式="购买服务"), row(2), row(3, 岗位="食堂"), row(4, 入职日期=None)]
    uploaded(officer, written(tmp_path / "册.xlsx", rows, [ORGAN]))
    page = flat(officer.get(PREVIEW))
    assert "不属于警务辅助人员，不登记" in page
    assert "购买服务（第四十五条第二款），2024-03-01 起" in page
    assert "没有写入职日期，用工待补" in page
    assert people() == 0
    answer = officer.post(PREVIEW, {"seen": seen(page)})
    with acting(factories.PROVINCIAL):
        made = RosterImport.objects.get()
        person = Person.objects.get(name="张1")
    assert answer["Location"] == f"{IMPORTS}{made.pk}/"
    again = officer.post(PREVIEW, {"seen": seen(page)}, follow=True)
    assert "没有需要导入的" in flat(again)
    assert (people(), "确认导入" in flat(officer.get(PREVIEW))) == (3, False)
    assert f"花名册 册.xlsx 第2行，基准日 {DAY}" in flat(officer.get(f"/desk/people/{person.pk}/?tab=recorded"))
    assert "2027-02-28（花名册记载）" in flat(officer.get(f"/desk/people/{person.pk}/"))
    at = f"/desk/people/{person.pk}/"
    assert (at in flat(officer.get("/desk/people/")), at in flat(officer.get("/desk/people/?due=none"))) == (
        True,
        False,
    )
    asked = flat(officer.post(f"{IMPORTS}{made.pk}/", {"verb": "take_back"}))
    assert "新增的 3 人删除" in asked
    officer.post(f"{IMPORTS}{made.pk}/", {"verb": "take_back", "confirmed": "1", "reason": "导错了文件"})
    assert people() == 0
    assert "导错了文件" in flat(officer.get(f"{IMPORTS}{made.pk}/"))


def test_what_wasnt_seen_isnt_done(officer: Client, tmp_path: Path) -> None:
    uploaded(officer, written(tmp_path / "册.xlsx", [row(1)], None))
    old = seen(flat(officer.get(PREVIEW)))
    uploaded(officer, written(tmp_path / "册.xlsx", [row(1), row(2)], None))
    assert "请重新查看预览再确认" in flat(officer.post(PREVIEW, {"seen": old}, follow=True))
    assert people() == 0


def test_a_roster_without_identity_says_what_is_missing(officer: Client, tmp_path: Path) -> None:
    lacking = {name: value for name, value in row(1).items() if name != "管理机关代码"}
    uploaded(officer, written(tmp_path / "册.xlsx", [lacking], None))
    assert "花名册没有下列各列，不能导入：管理机关代码" in flat(officer.get(PREVIEW, follow=True))


def test_nobody_else_reaches_an_import(officer: Client, tmp_path: Path) -> None:
    uploaded(officer, written(tmp_path / "册.xlsx", [row(1)], None))
    officer.post(PREVIEW, {"seen": seen(flat(officer.get(PREVIEW)))})
    with acting(factories.PROVINCIAL):
        made = RosterImport.objects.get()
    assert "册.xlsx" in flat(officer.get(IMPORTS))
    stranger = client_with(YANTING, "hr_officer")
    assert "册.xlsx" not in flat(stranger.get(IMPORTS))
    assert stranger.get(f"{IMPORTS}{made.pk}/").status_code == 404
    assert client_with(SANTAI, "finance").get(IMPORTS).status_code == 403


def test_the_preview_asks_no_oftener_for_a_longer_roster(officer: Client, tmp_path: Path) -> None:
    def cost(people: int) -> int:
        rows = [row(place, 用人单位=f"{place % 7}中队") for place in range(1, people + 1)]
        uploaded(officer, written(tmp_path / "册.xlsx", rows, [ORGAN]))
        officer.get(PREVIEW)  # what only the first page asks
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(PREVIEW).status_code == 200
        return len(asked)

    few = cost(3)
    assert few <= MOST
    assert cost(250) == few


def test_the_preview_of_what_is_there_already_asks_no_oftener_either(officer: Client, tmp_path: Path) -> None:
    def cost(people: int) -> int:
        path = written(tmp_path / "册.xlsx", [row(place) for place in range(1, people + 1)], [ORGAN])
        uploaded(officer, path)
        officer.post(PREVIEW, {"seen": seen(flat(officer.get(PREVIEW)))})
        changed = [row(place, 层级="一级") for place in range(1, people + 1)]
        uploaded(officer, written(tmp_path / "册.xlsx", changed, [ORGAN]))
        officer.get(PREVIEW)
        with CaptureQueriesContext(connection) as asked:
            page = flat(officer.get(PREVIEW))
        assert f"变更的 {people}" in page
        return len(asked)

    few = cost(3)
    assert few <= MOST
    assert cost(120) == few
