"""核实 on the desk: noted from a check's findings, shown in the next check, and no number of a check changes by it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fujing.compliance.verification.models import FindingVerification
from fujing.kernel.actor import acting
from fujing.kernel.models import Reading
from fujing.web.sealed import PATH
from tests import factories
from tests.clients import client_with
from tests.factories import SANTAI, YANTING
from tests.law.roster_tools import DAY, written
from tests.markup import flat
from tests.registry.moving_in import ORGAN, moved_in, roster_of, row

pytestmark = pytest.mark.django_db
FINDINGS, NOTES = f"{PATH}findings/", "/desk/verifications/"
FOUND = {"result": "true", "source": "层级评定表", "checked_on": "2026-01-20", "reason": "二级，2025年评定"}
OPEN = f"{FINDINGS}?outcome=undetermined&noted=none"


@pytest.fixture(autouse=True)
def _emptied() -> Iterator[None]:
    yield
    shutil.rmtree(Path(settings.DATA) / "sealed", ignore_errors=True)


@pytest.fixture
def officer() -> Client:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
    return client_with(SANTAI, "hr_officer")


def uploaded(client: Client, folder: Path, rows: list[dict[str, Any]], organ: dict[str, Any] = ORGAN) -> None:
    path = written(folder / "册.xlsx", rows, [organ])
    file = SimpleUploadedFile(path.name, path.read_bytes())
    assert client.post(PATH, {"file": file, "as_of": DAY.isoformat()}).status_code == 302


def forms(client: Client, url: str = OPEN) -> list[str]:
    """Where the findings of a list are verified."""
    return re.findall(rf'href="({FINDINGS}\d+/verify/)"', flat(client.get(url)))


def seen(client: Client, at: str) -> str:
    return re.search(r'name="seen" value="(\w+)"', flat(client.get(at)))[1]


def note(client: Client, at: str, **changes: str) -> str:
    """Note what was found out; gives the note's page."""
    answer = client.post(at, {**FOUND, "seen": seen(client, at), **changes})
    assert answer.status_code == 302, flat(answer)
    return answer["Location"]


def told(client: Client) -> Any:
    """The check's own document."""
    return json.loads(client.get(f"{PATH}report/json/").content)


LACKING = [row(1, 层级=None), row(2, 层级="无"), row(3)]


def test_what_was_verified_stands_beside_the_finding_in_the_next_file(officer: Client, tmp_path: Path) -> None:
    uploaded(officer, tmp_path, LACKING)
    before = told(officer)
    (at,) = forms(officer)
    assert "层级空白，待核实" in flat(officer.get(at))
    page = note(officer, at)
    assert told(officer) == before
    assert forms(officer) == []
    assert "核实不改变核对结论" in flat(officer.get(page))
    # Another day's file: other rows, another order of columns, the organ renamed.
    renamed = ORGAN | {"机关名称": "三台县公安局（新）"}
    uploaded(officer, tmp_path, [dict(reversed(each.items())) for each in (row(3), row(4), *LACKING[:2])], renamed)
    shown = flat(officer.get(f"{FINDINGS}?outcome=undetermined&noted=true"))
    assert page in shown
    assert re.search(r"属实，\S+ 2026-01-20", shown)
    report = flat(officer.get(f"{PATH}report/"))
    assert "核实属实" in report
    assert page in flat(officer.get(f"{PATH}people/4/"))
    # What is violated is not verified, and keeps its number.
    assert told(officer)["counts"] == before["counts"] == {"23.p1": 1}
    # A changed fact opens it again.
    uploaded(officer, tmp_path, [LACKING[0] | {"试用期终止": "2026-02-01"}])
    assert "事实已变更（原核实属实" in flat(officer.get(f"{FINDINGS}?outcome=undetermined&noted=changed"))
    (again,) = forms(officer, f"{FINDINGS}?noted=changed")
    assert "重新核实后原来的一条保留备查" in flat(officer.get(again))
    newer = note(officer, again, result="untrue", reason="没有评定过")
    assert "已重新核实" in flat(officer.get(page))
    assert "核实不属实待整改，共 1 项" in flat(officer.get("/desk/"))
    assert newer in flat(officer.get(f"{NOTES}?state=standing&result=untrue"))


def test_a_violation_and_a_row_without_number_offer_nothing_to_verify(officer: Client, tmp_path: Path) -> None:
    uploaded(officer, tmp_path, [row(1, 层级="无"), row(2, 公民身份号码=None, 层级=None)])
    assert forms(officer, FINDINGS) == []
    findings = told(officer)["findings"]
    assert {each["outcome"] for each in findings} >= {"violated", "undetermined"}
    for place, each in enumerate(findings):
        assert (officer.get(f"{FINDINGS}{place}/verify/").status_code == 404) == (each["outcome"] != "undetermined")


def test_the_finding_of_one_file_is_not_noted_on_anothers(officer: Client, tmp_path: Path) -> None:
    uploaded(officer, tmp_path, [row(1, 层级=None)])
    (at,) = forms(officer)
    old = seen(officer, at)
    uploaded(officer, tmp_path, [row(2, 层级=None)])
    assert "已经换成另一份" in flat(officer.post(at, {**FOUND, "seen": old}, follow=True))
    with acting(factories.PROVINCIAL):
        assert not FindingVerification.objects.exists()


def test_a_form_says_what_is_missing_and_keeps_what_was_typed(officer: Client, tmp_path: Path) -> None:
    uploaded(officer, tmp_path, [row(1, 层级=None)])
    (at,) = forms(officer)
    sent = {"seen": seen(officer, at), "source": "评定表", "checked_on": "2999-01-01", "result": "", "reason": ""}
    answer = officer.post(at, sent)
    assert answer.status_code == 422
    page = flat(answer)
    assert "核实日期不能晚于今天" in page
    assert 'value="评定表"' in page


def test_a_note_is_corrected_mended_and_withdrawn_on_its_page(officer: Client, tmp_path: Path) -> None:
    uploaded(officer, tmp_path, [row(1, 层级=None)])
    page = note(officer, forms(officer)[0])
    assert "核实为不属实的才需要整改" in flat(officer.get(page))
    asked = flat(officer.post(page, {"verb": "correct"}))
    assert 'value="层级评定表"' in asked
    answer = officer.post(page, {**FOUND, "verb": "correct", "confirmed": "1", "result": "untrue", "why": "看错了表"})
    second = answer["Location"]
    assert "看错了表" in flat(officer.get(page))
    assert page in flat(officer.get(second))
    assert officer.post(second, {"verb": "mend", "confirmed": "1", "reason": "已评定"}).status_code == 302
    assert "已整改" in flat(officer.get(second))
    (again,) = forms(officer)
    third = note(officer, again)
    assert "撤销核实" in flat(officer.post(third, {"verb": "withdraw"}))
    officer.post(third, {"verb": "withdraw", "confirmed": "1", "reason": "核实的不是此人"})
    assert "核实的不是此人" in flat(officer.get(third))
    assert len(forms(officer)) == 1


def test_nobody_else_reads_or_verifies(officer: Client, tmp_path: Path) -> None:
    uploaded(officer, tmp_path, [row(1, 层级=None)])
    page = note(officer, forms(officer)[0])
    stranger = client_with(YANTING, "hr_officer")
    assert (stranger.get(page).status_code, page in flat(stranger.get(NOTES))) == (404, False)
    assert client_with(SANTAI, "finance").get(NOTES).status_code == 403
    # The stranger's own copy of the same file shows it as unverified, and nothing can be noted on another's organ.
    uploaded(stranger, tmp_path, [row(1, 层级=None)])
    assert "层级评定表" not in flat(stranger.get(OPEN))
    assert [stranger.get(at).status_code for at in forms(stranger)] == [404]


def test_the_registry_is_checked_like_a_file_and_its_findings_keep_their_notes(officer: Client, tmp_path: Path) -> None:
    uploaded(officer, tmp_path, LACKING)
    page = note(officer, forms(officer)[0])
    moved_in(factories.territorial(SANTAI), roster_of(tmp_path, LACKING, [ORGAN]))
    with acting(factories.PROVINCIAL):
        before = Reading.objects.count()
    answer = officer.post("/desk/checkup/", {"organ": SANTAI, "as_of": DAY.isoformat()})
    assert answer["Location"] == f"{PATH}report/"
    assert told(officer)["counts"] == {"23.p1": 1}
    report = flat(officer.get(f"{PATH}report/"))
    assert ("导入系统" in report, "标注了结论" in report, "按系统现在登记" in report) == (False, False, True)
    assert page in flat(officer.get(f"{FINDINGS}?noted=true"))
    assert [officer.get(f"{PATH}{each}").status_code for each in ("report/annotated/", "import/")] == [404, 404]
    with acting(factories.PROVINCIAL):
        reading = Reading.objects.order_by("pk").last()
        assert Reading.objects.count() == before + 1
    assert (reading.kind, reading.what, reading.organ_code) == ("checked", "核对登记的人员3人", SANTAI)
    assert officer.post("/desk/checkup/", {"organ": YANTING, "as_of": DAY.isoformat()}).status_code == 422


def test_a_list_with_many_notes_asks_the_database_no_oftener(officer: Client, tmp_path: Path) -> None:
    rows = [row(place, 层级=None) for place in range(1, 9)]
    uploaded(officer, tmp_path, rows)

    def cost() -> int:
        officer.get(NOTES)  # shows what the last act said
        with CaptureQueriesContext(connection) as asked:
            officer.get(FINDINGS)
        return len(asked)

    note(officer, forms(officer)[0])
    one = cost()
    for at in forms(officer):
        note(officer, at)
    assert forms(officer) == []
    assert cost() == one
