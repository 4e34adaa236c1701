"""花名册核对 on the desk: the same answer as the command's, for its sender alone, and nothing left of it."""

from __future__ import annotations

import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg import sql
from typer.testing import CliRunner

from fujing.cli import app
from fujing.kernel import sealed_uploads, slots
from fujing.web import sealed
from fujing.web.middleware import BodyLimit
from fujing.web.sealed import BESIDE, COOKIE, LARGE, PATH
from fujing.web.sealed import MOST as MOST_BYTES
from tests.clients import client_with
from tests.factories import SANTAI, YANTING
from tests.law.roster_generated import as_csv, roster
from tests.law.roster_tools import cell, compound, document, id_number, person, written
from tests.markup import flat

BASE = document()["底稿"]["人员"]
ORGAN = {key: cell(value) for key, value in document()["底稿"]["机关"].items()}
DAY = "2026-01-22"
CANARY = "金丝雀某某"
MOST = 7  # what any page of the desk costs, with the session, the beginning and the end of the transaction
SHOWING = ("report/", "findings/?outcome=violated", "people/2/")
"""Pages that show what officers verified: one query more."""
PAGES = ("report/", "findings/", "people/", "people/2/", "report/html/", "report/json/", "report/xlsx/")


@pytest.fixture(autouse=True)
def _emptied() -> Iterator[None]:
    """No test finds another's uploads."""
    yield
    shutil.rmtree(Path(settings.DATA) / "sealed", ignore_errors=True)


@pytest.fixture
def officer(db: None) -> Client:
    return client_with(SANTAI, "hr_officer")


def sent(client: Client, path: Path, *, name: str = "", as_of: str = DAY) -> HttpResponse:
    file = SimpleUploadedFile(name or path.name, path.read_bytes())
    return client.post(PATH, {"file": file, "as_of": as_of})


def bad(folder: Path, name: str = CANARY) -> Path:
    changes = {"姓名": name, "层级": "无", "养老": "否", "工作证有效期": "2026-02-01"}
    other = {"公民身份号码": id_number("1996-01-01"), "姓名": "李四", "工作证号": "C2", "学历": "null"}
    return written(folder / "册.xlsx", [person(BASE, changes), person(BASE, other)], [ORGAN])


def generated(folder: Path, size: int = 400) -> Path:
    people, organs, _ = roster(7, size)
    return written(folder / "大册.xlsx", people, list((organs or {}).values()))


def commanded(path: Path) -> dict[str, Any]:
    return json.loads(CliRunner().invoke(app, ["roster", "check", str(path), "--as-of", DAY, "--json"]).stdout)


def listed(client: Client, url: str) -> int:
    """How many rows a list says that it has; its Excel file has as many."""
    page = flat(client.get(url))
    said = int(re.search(r"基准日 \S+，([\d,]+) [项人]", page)[1].replace(",", ""))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}{'&' if '?' in url else '?'}as=xlsx").content))
    assert book.worksheets[0].max_row - 1 == said
    return said


def test_the_numbers_are_those_of_the_command_and_of_the_lists_behind_them(officer: Client, tmp_path: Path) -> None:
    path = generated(tmp_path)
    answer = sent(officer, path)
    assert (answer.status_code, answer["Location"]) == (302, f"{PATH}report/")
    document = commanded(path)
    assert json.loads(officer.get(f"{PATH}report/json/").content) == document
    outcomes = [finding["outcome"] for finding in document["findings"]]
    assert listed(officer, f"{PATH}findings/") == len(outcomes)
    for outcome in ("violated", "undetermined", "advice", "satisfied"):
        assert listed(officer, f"{PATH}findings/?outcome={outcome}") == outcomes.count(outcome)
    report = flat(officer.get(f"{PATH}report/"))
    links = re.findall(r'<a[^>]* href="([^"]*(?:findings|people)/\?[^"]*)">([\d,]+)</a>', report)
    assert len(links) > 40
    for url, said in links:
        assert listed(officer, url.replace("&amp;", "&")) == int(said.replace(",", "")), url
    # The numbers of the rules together are those of the document, rule by rule.
    by_rule = {
        (query["rule"][0], query["outcome"][0]): int(said.replace(",", ""))
        for query, said in ((parse_qs(urlsplit(url.replace("&amp;", "&")).query), said) for url, said in links)
        if "rule" in query
    }
    told = [(finding["rule"], finding["outcome"]) for finding in document["findings"]]
    assert by_rule == {key: told.count(key) for key in told if key[1] != "satisfied"}


def test_filters_are_links_that_count_what_they_lead_to(officer: Client, tmp_path: Path) -> None:
    sent(officer, generated(tmp_path))
    for narrowed in ("findings/?outcome=violated&article=24&rule=roster.annual_training", "people/?standing=serving"):
        page = flat(officer.get(PATH + narrowed))
        chips = re.findall(r'<a href="(\?[^"]*)"[^>]*>([^<]*) <b>(\d+)</b>', page)
        assert len(chips) > 12
        for url, label, count in chips:
            url = PATH + narrowed.partition("?")[0] + url.replace("&amp;", "&")
            assert listed(officer, url) == int(count), label


def test_a_persons_page_shows_every_finding_what_is_empty_and_what_is_not_covered(
    officer: Client, tmp_path: Path
) -> None:
    people = [
        {k: v for k, v in row.items() if k != "意外险"} for row in (person(BASE, {"层级": "无", "学历": "null"}),)
    ]
    path = written(tmp_path / "册.xlsx", people, [ORGAN])
    sent(officer, path)
    page = flat(officer.get(f"{PATH}people/2/"))
    told = [finding for finding in commanded(path)["findings"] if finding["row"] == 2]
    assert {finding["rule"] for finding in told} >= {"roster.tier", "roster.education"}
    for finding in told:
        assert finding["message"] in page
        assert finding["remedy"] in page
    assert page.count('<article class="finding') == len(told)
    assert re.search("空白：[^<]*学历", page)
    assert "因此未核对：意外险" in page
    # The number isn't shown where nobody needs the whole of it.
    assert BASE["公民身份号码"].removeprefix("号码:") not in page


def test_the_files_are_those_of_the_command(officer: Client, tmp_path: Path) -> None:
    path = bad(tmp_path)
    sent(officer, path)
    html, xlsx, copy = tmp_path / "r.html", tmp_path / "r.xlsx", tmp_path / "c.xlsx"
    options = ["--as-of", DAY, "--html", str(html), "--xlsx", str(xlsx), "--annotated", str(copy)]
    CliRunner().invoke(app, ["roster", "check", str(path), *options])
    assert officer.get(f"{PATH}report/html/").content.decode() == html.read_text("utf-8")
    for kind, file in (("xlsx", xlsx), ("annotated", copy)):
        got = openpyxl.load_workbook(io.BytesIO(officer.get(f"{PATH}report/{kind}/").content))
        wanted = openpyxl.load_workbook(file)
        assert got.sheetnames == wanted.sheetnames
        for sheet in wanted.sheetnames:
            assert list(got[sheet].values) == list(wanted[sheet].values)
    assert officer.get(f"{PATH}report/exe/").status_code == 404


def test_a_csv_file_is_checked_and_annotated_too(officer: Client, tmp_path: Path) -> None:
    rows = [person(BASE, {"层级": "无"})]
    sent(officer, as_csv(tmp_path / "册.csv", rows, list(rows[0])))
    assert "层级" in flat(officer.get(f"{PATH}report/"))
    copy = openpyxl.load_workbook(io.BytesIO(officer.get(f"{PATH}report/annotated/").content))
    assert "核对结果" in [cell.value for cell in copy.worksheets[0][1]]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("册.xls", compound("Workbook"), "另存为"),
        ("册.xlsx", compound("EncryptionInfo", "EncryptedPackage"), "加了密码"),
        ("册.xlsx", b"\x07rubbish" * 1000, "不是"),
        ("册.csv", "甲,乙\n1,2\n".encode(), "没有找到花名册的表头"),
        ("册.pdf", b"%PDF-1.7", "应为 .csv、.xlsx"),
        ("册.xlsx", b"", "空"),
        ("册.xlsx", b"0" * (20 * 1024 * 1024 + 1), "超过 20 MB"),
    ],
    ids=["xls", "password", "rubbish", "no header", "another kind", "empty", "too big"],
)
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(
    officer: Client, name: str, content: bytes, told: str
) -> None:
    before = stored()
    answer = officer.post(PATH, {"file": SimpleUploadedFile(name, content), "as_of": DAY})
    assert answer.status_code == 422
    assert told in flat(answer)
    assert COOKIE not in answer.cookies
    assert stored() == before
    assert officer.get(f"{PATH}report/").status_code == 404


def test_every_wrong_cell_is_named_at_once_below_title_rows(officer: Client, tmp_path: Path) -> None:
    wrong = [
        person(BASE, {"入职日期": "去年", "合同次数": "很多"}),
        person(BASE, {"公民身份号码": "5.1072E+17", "离职日期": "2001-01-01"}),
    ]
    rows = [["三台县公安局辅警花名册"], ["二〇二六年一月"], list(wrong[0]), *(list(row.values()) for row in wrong)]
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "册.xlsx")
    answer = sent(officer, tmp_path / "册.xlsx")
    page = flat(answer)
    assert answer.status_code == 422
    for place in ("第4行“入职日期”", "第4行“合同次数”", "第5行“公民身份号码”", "第5行“离职日期”"):
        assert place in page
    assert "文件有 4 处读不出来" in page
    assert "先把这一列的格式设为文本" in page


def test_organs_outside_the_territory_are_checked_and_named_as_such(officer: Client, tmp_path: Path) -> None:
    far = {**ORGAN, "代码": str(YANTING), "名称": "盐亭县公安局"}
    stranger = person(BASE, {"公民身份号码": id_number("1996-01-01"), "管理机关代码": str(YANTING), "工作证号": "C2"})
    said = "盐亭县公安局 不在您的管辖范围内"
    sent(officer, written(tmp_path / "一.xlsx", [person(BASE)], [ORGAN]))
    assert "管辖范围" not in flat(officer.get(f"{PATH}report/"))
    sent(officer, written(tmp_path / "二.xlsx", [person(BASE), stranger], [ORGAN, far]))
    assert said in flat(officer.get(f"{PATH}report/"))
    assert listed(officer, f"{PATH}people/?organ={YANTING}") == 1


def test_a_day_before_the_measures_is_refused_at_its_field(officer: Client, tmp_path: Path) -> None:
    answer = sent(officer, bad(tmp_path), as_of="2021-02-28")
    assert answer.status_code == 422
    assert "2021-03-01 施行" in flat(answer)


def stored() -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (Path(settings.DATA) / "sealed").rglob("*") if path.is_file()}


def everything(owner_parameters: dict) -> str:
    """Every row of every table, as the owner sees it."""
    with psycopg.connect(**owner_parameters) as owner:
        tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        every = [sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table)) for (table,) in tables]
        return "\n".join(row for each in every for (row,) in owner.execute(each))


def test_nothing_of_the_file_can_be_read_on_disk_in_the_database_or_in_the_log(
    committed: None,
    owner_parameters: dict,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    officer, number = client_with(SANTAI, "hr_officer"), str(person(BASE)["公民身份号码"])
    token = sent(officer, bad(tmp_path), name=f"{CANARY}.xlsx").cookies[COOKIE].value
    for page in (*PAGES, "report/annotated/", "findings/?as=xlsx"):
        assert officer.get(PATH + page).status_code == 200
    assert CANARY in flat(officer.get(f"{PATH}people/2/"))
    files = stored()
    assert {path.name for path in files} == {
        *("file", "name", "head", "people", "index", "sentences-0", "organs", "keys")
    }
    for words in (CANARY, number, "三台县公安局", token, token[-22:]):
        for form in (words.encode(), words.encode("utf-16-le"), json.dumps(words)[1:-1].encode()):
            assert not [path for path, content in files.items() if form in content]
    assert not [content for content in files.values() if content.startswith((b"PK\x03\x04", b"ARROW", b'{"'))]
    assert list(scratch.rglob("*")) == []
    log, rows = caplog.text, everything(owner_parameters)
    assert "hr_officer" in rows
    for words in (CANARY, json.dumps(CANARY)[1:-1], number, token[-22:]):
        assert words not in rows
        assert words not in log
    lines = [record.msg for record in caplog.records if record.name == "fujing.roster_check"]
    assert [(line["rows"], line["organs"], bool(line["account"])) for line in lines] == [(2, 1, True)]


def test_the_key_is_in_the_senders_cookie_alone(officer: Client, tmp_path: Path) -> None:
    cookie = sent(officer, bad(tmp_path)).cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/desk/roster-check/")
    assert cookie["max-age"] == 3600


def test_whoever_else_has_the_address_or_even_the_cookie_gets_404(officer: Client, tmp_path: Path) -> None:
    cookie = sent(officer, bad(tmp_path)).cookies[COOKIE]
    other, colleague = client_with(YANTING, "hr_officer"), client_with(SANTAI, "hr_officer")
    for client in (other, colleague):
        for carried in ("", cookie.value):
            client.cookies[COOKIE] = carried
            for page in PAGES:
                answer = client.get(PATH + page)
                assert answer.status_code == 404, page
                assert CANARY not in answer.content.decode()
        client.post(f"{PATH}remove/")
    assert officer.get(f"{PATH}report/").status_code == 200
    leader = client_with(SANTAI, "organ_leader")
    assert [leader.get(PATH + page).status_code for page in ("", *PAGES)] == [403] * (1 + len(PAGES))


def test_a_second_upload_takes_the_place_of_the_first(officer: Client, tmp_path: Path) -> None:
    first = sent(officer, bad(tmp_path)).cookies[COOKIE].value
    before = set(stored())
    sent(officer, bad(tmp_path, "第二份"))
    assert not before & set(stored())
    assert "第二份" in flat(officer.get(f"{PATH}people/2/"))
    officer.cookies[COOKIE] = first
    assert officer.get(f"{PATH}report/").status_code == 404


def test_a_page_left_open_in_another_tab_leads_to_the_second_file_and_names_it(officer: Client, tmp_path: Path) -> None:
    sent(officer, bad(tmp_path), name="第一份.xlsx")
    assert "第一份.xlsx" in flat(officer.get(f"{PATH}report/"))
    sent(officer, bad(tmp_path), name="第二份.xlsx")
    for page in ("report/", "findings/?outcome=violated", "people/", "people/2/"):
        shown = flat(officer.get(PATH + page))
        assert "第二份.xlsx" in shown
        assert "第一份.xlsx" not in shown


def test_merged_title_cells_a_hidden_row_and_another_sheet_count_as_for_the_command(
    officer: Client, tmp_path: Path
) -> None:
    path = bad(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.insert_rows(1)
    sheet["A1"] = "三台县公安局辅警花名册"
    sheet.merge_cells("A1:F1")
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("说明")["A1"] = "填写说明"
    book.save(path)
    assert sent(officer, path).status_code == 302
    document = commanded(path)
    assert json.loads(officer.get(f"{PATH}report/json/").content) == document
    assert {finding["row"] for finding in document["findings"]} == {3, 4, None}
    assert listed(officer, f"{PATH}findings/") == len(document["findings"])
    assert listed(officer, f"{PATH}people/") == 2


def test_the_upload_is_gone_by_the_button_and_at_sign_out(officer: Client, tmp_path: Path) -> None:
    sent(officer, bad(tmp_path))
    kept = officer.cookies[COOKIE].value
    answer = officer.post(f"{PATH}remove/")
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert stored() == {}
    officer.cookies[COOKIE] = kept
    assert officer.get(f"{PATH}report/").status_code == 404
    sent(officer, bad(tmp_path))
    assert officer.get("/accounts/logout/").status_code == 200
    assert stored() != {}
    officer.post("/accounts/logout/")
    assert stored() == {}


def test_after_an_hour_it_opens_no_more_whether_it_was_swept_or_not(officer: Client, tmp_path: Path) -> None:
    sent(officer, bad(tmp_path))
    account, token = int(next(iter(stored())).parts[-3]), officer.cookies[COOKIE].value
    now = timezone.now()
    assert sealed_uploads.opened(account, token, now + timedelta(minutes=59)).part("name")
    with pytest.raises(sealed_uploads.Gone):
        sealed_uploads.opened(account, token, now + timedelta(minutes=60))
    assert sealed_uploads.sweep(now + timedelta(minutes=60)) == 1
    answer = officer.get(f"{PATH}report/")
    assert answer.status_code == 404
    assert "没有可以查看的核对结果" in flat(answer)


@pytest.mark.parametrize("page", ["", "report/", "findings/?outcome=violated", "people/", "people/2/"])
def test_a_page_costs_few_queries_and_is_kept_by_no_cache(officer: Client, tmp_path: Path, page: str) -> None:
    sent(officer, generated(tmp_path))
    with CaptureQueriesContext(connection) as queries:
        answer = officer.get(PATH + page)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    beside = sum("verification_findingverification" in each["sql"] for each in queries)
    assert beside == (page in SHOWING)
    assert len(queries) <= MOST + beside, [each["sql"] for each in queries]


def big(length: int, path: str = PATH) -> HttpRequest:
    """An upload that says how long it is and sends nothing yet."""
    request = RequestFactory().post(path, b"", content_type="multipart/form-data; boundary=x")
    request.META["CONTENT_LENGTH"] = str(length)
    return request


def test_a_roster_that_is_too_big_is_refused_before_it_is_read() -> None:
    taken = BodyLimit(lambda _: pytest.fail("the body was taken"))
    answer = taken(big(MOST_BYTES + BESIDE + 1))
    assert answer.status_code == 413
    assert "花名册不超过 20 MB" in answer.content.decode()
    told = BodyLimit(lambda _: HttpResponse("进来了"))
    assert told(big(MOST_BYTES + BESIDE)).content.decode() == "进来了"
    assert told(big(MOST_BYTES + BESIDE + 1, "/desk/plans/new/")).content.decode() == "进来了"
    assert told(big(settings.MAX_BODY + 1, "/desk/plans/new/")).status_code == 413


def test_few_large_rosters_are_read_at_once_and_small_ones_never_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(sealed, "WAIT", 0)
    inside: list[int] = []

    def uploading(_: HttpRequest) -> HttpResponse:
        """Each upload begins before the one outside has ended."""
        inside.append(len(inside))
        within = gate(big(LARGE if len(inside) > sealed.AT_ONCE + 1 else LARGE + 1))
        return HttpResponse(within.content, status=within.status_code)

    gate = BodyLimit(uploading)
    answer = gate(big(LARGE + 1))
    assert len(inside) == sealed.AT_ONCE
    assert answer.status_code == 503
    assert "其他人正在上传较大的文件" in answer.content.decode()
    with slots.place("sealed", 2, 0, "满"), slots.place("sealed", 2, 0, "满"):
        assert BodyLimit(lambda _: HttpResponse("小"))(big(LARGE)).content.decode() == "小"


def test_what_a_stranger_put_into_the_folder_is_left_and_nobodys_upload_fails(
    officer: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sent(officer, bad(tmp_path))
    own = next(iter(stored())).parents[1]
    names = ("lost+found", "说明.txt", "x-1", "1700000000", "1700000000-zz", "99999999999999999-0123456789abcdef")
    for folder in (own, own.parent / "别人"):
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / name).mkdir()
    assert sent(officer, bad(tmp_path)).status_code == 302
    assert officer.get(f"{PATH}report/").status_code == 200
    left = {path.name for path in (*own.iterdir(), *(own.parent / "别人").iterdir())}
    assert left >= set(names)
    assert "not an upload, left there" in caplog.text
    # Hours later the uploads are gone and the strange things still there.
    assert sealed_uploads.sweep(timezone.now() + timedelta(hours=2)) == 1
    assert {path.name for path in own.iterdir()} == set(names)
