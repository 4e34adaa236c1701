"""A roster becomes people of the registry: what is taken, what is refused, what changes nothing (docs/adr/0011)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction

from fujing.general.quota.models import QuotaAccount
from fujing.kernel.actor import acting
from fujing.kernel.models import HistoryEntry
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.law.formats.roster import COLUMNS
from fujing.registry.models import Assignment, Engagement, Person, RosterImport, RosterRecord
from fujing.registry.models.records import FACTS
from fujing.registry.moving_in.taking_back import roster_import_take_back
from fujing.registry.states import Source
from tests import factories
from tests.factories import MIANYANG, SANTAI, YANTING
from tests.law.roster_tools import DAY
from tests.registry.moving_in import ORGAN, moved_in, planned, roster_of, row

pytestmark = pytest.mark.django_db
OFFICER = factories.territorial(SANTAI)


@pytest.fixture(autouse=True)
def bureaus(db: None) -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
        factories.bureau(YANTING)
        factories.unit(SANTAI)


def standing() -> dict[str, RosterRecord]:
    with acting(factories.PROVINCIAL):
        rows = RosterRecord.objects.filter(superseded_by=None).select_related("person", "engagement")
        return {each.person.name: each for each in rows}


def refused(file: object) -> dict[str, str]:
    return {fault.path: fault.expected for fault in planned(OFFICER, file).refused}  # type: ignore[arg-type]


def test_every_column_of_the_format_has_a_place_in_the_record() -> None:
    fields = {field.name for field in RosterRecord._meta.concrete_fields}
    assert set(FACTS.values()) <= fields
    assert {column.key for column in COLUMNS} - {"id_number"} <= set(FACTS)


def test_a_row_becomes_a_person_an_engagement_and_a_record_with_its_source(tmp_path: Path) -> None:
    (made,) = moved_in(OFFICER, roster_of(tmp_path, [row(1)]))
    kept = standing()["张1"]
    assert (made.file_name, made.as_of, made.created, made.made_by) == ("花名册.xlsx", DAY, 1, "经办")
    assert (kept.roster_import_id, kept.row) == (made.pk, 2)
    assert (kept.person.birth_date, kept.person.sex, kept.person.organ_code) == (date(1995, 6, 15), "male", SANTAI)
    assert kept.engagement is not None
    assert kept.engagement.span.lower == kept.hired_on
    with acting(OFFICER):
        told = set(HistoryEntry.objects.filter(request_id=made.request_id).values_list("tracked", flat=True))
    assert {"registry_person", "registry_engagement", "registry_rosterrecord"} <= told


def test_the_same_file_twice_changes_nothing_even_with_a_click_too_many(tmp_path: Path) -> None:
    file = roster_of(tmp_path, [row(1), row(2)], [ORGAN])
    seen = planned(OFFICER, file).token
    assert len(moved_in(OFFICER, file, seen=seen)) == 1
    with acting(OFFICER):
        before = HistoryEntry.objects.count()
    assert moved_in(OFFICER, file, seen=seen) == []
    again = planned(OFFICER, file)
    assert (again.count("new"), again.count("changed"), again.count("same"), again.writes) == (0, 0, 2, False)
    with acting(OFFICER):
        assert HistoryEntry.objects.count() == before


def test_what_is_done_is_what_was_seen(tmp_path: Path) -> None:
    first = planned(OFFICER, roster_of(tmp_path, [row(1)])).token
    other = roster_of(tmp_path, [row(1), row(2)])
    with pytest.raises(Refusal, match="重新查看预览"):
        moved_in(OFFICER, other, seen=first)
    assert standing() == {}


UNLAWFUL = {
    "类别": "协警",
    "学历": "初中",
    "合同类型": "未签",
    "合同起始": None,
    "合同终止": None,
    "试用期终止": "2030-01-01",
    "层级": "无",
    "养老": "否",
    "政治教育": "无",
    "上年度考核": "未考核",
}


def test_a_fact_against_the_law_is_kept_as_it_is(tmp_path: Path) -> None:
    moved_in(OFFICER, roster_of(tmp_path, [row(1, **UNLAWFUL)]))
    kept = standing()["张1"]
    assert (kept.category, kept.education, kept.contract_kind, kept.tier) == ("协警", "junior_middle", "unsigned", "无")
    assert (kept.insured_pension, kept.educated_political, kept.educated_political_said) == (False, None, "无")
    assert kept.engagement is not None
    assert kept.engagement.category == ""


def test_nothing_is_invented_where_the_file_says_nothing(tmp_path: Path) -> None:
    moved_in(OFFICER, roster_of(tmp_path, [row(1, 入职日期=None, 学历=None)]))
    kept = standing()["张1"]
    assert (kept.engagement, kept.hired_on, kept.person.education) == (None, None, "")


def test_purchased_services_are_marked(tmp_path: Path) -> None:
    rows = [row(1, 用工方式="购买服务"), row(2, 入职日期="2020-05-01"), row(3, 入职日期="2022-05-01")]
    moved_in(OFFICER, roster_of(tmp_path, rows))
    kept = standing()
    sources = [kept[name].engagement.source for name in ("张1", "张2", "张3")]  # type: ignore[union-attr]
    assert sources == [Source.SERVICE, Source.BEFORE_MEASURES, Source.ROSTER]


def test_whoever_cant_be_identified_or_is_no_auxiliary_is_refused_by_cell(tmp_path: Path) -> None:
    rows = [
        row(1),
        row(2, 公民身份号码="510722199506150011"),
        row(3, 公民身份号码=None),
        row(4, 姓名=None),
        row(5, 管理机关代码=str(YANTING)),
        row(6, 管理机关代码=None),
        row(7, 岗位="食堂"),
        row(8),
        row(8, 姓名="又名"),
    ]
    file = roster_of(tmp_path, rows)
    said = refused(file)
    assert list(said) == [
        "第3行“公民身份号码”",
        "第4行“公民身份号码”",
        "第5行“姓名”",
        "第6行“管理机关代码”",
        "第7行“管理机关代码”",
        "第8行“岗位”",
        "第9行“公民身份号码”",
        "第10行“公民身份号码”",
    ]
    assert "第三条第三款" in said["第8行“岗位”"]
    assert "另见第10行" in said["第9行“公民身份号码”"]
    moved_in(OFFICER, file)
    assert set(standing()) == {"张1"}


def test_two_periods_of_one_person_are_two_records_and_overlapping_ones_are_refused(tmp_path: Path) -> None:
    earlier = row(1, 入职日期="2021-05-01", 离职日期="2022-05-01")
    assert refused(roster_of(tmp_path, [earlier, row(1, 入职日期="2022-04-01")])) != {}
    file = roster_of(tmp_path, [row(1, 入职日期="2022-05-01"), earlier])
    moved_in(OFFICER, file)
    with acting(OFFICER):
        assert Person.objects.count() == 1
        assert list(RosterRecord.objects.order_by("period").values_list("row", flat=True)) == [3, 2]
        assert [each.span.upper for each in Engagement.objects.order_by("span")] == [date(2022, 5, 1), None]
    assert not planned(OFFICER, file).writes


def test_a_later_file_supersedes_what_differs_and_leaves_who_is_missing(tmp_path: Path) -> None:
    moved_in(OFFICER, roster_of(tmp_path, [row(1), row(2), row(3)]))
    later = roster_of(tmp_path, [row(1), row(2, 层级="五级", 离职日期="2026-02-01")])
    plan = planned(OFFICER, later, date(2026, 3, 1))
    assert (plan.count("same"), plan.count("changed"), plan.gone["name"].to_list()) == (1, 1, ["张3"])
    (made,) = moved_in(OFFICER, later, date(2026, 3, 1))
    kept = standing()
    assert (kept["张2"].tier, kept["张2"].roster_import_id) == ("五级", made.pk)
    assert kept["张2"].engagement is not None
    assert kept["张2"].engagement.span.upper == date(2026, 2, 1)
    assert kept["张3"].engagement is not None
    assert kept["张3"].engagement.span.upper is None
    with pytest.raises(Refusal, match="更早"):
        planned(OFFICER, later, DAY)


def test_a_column_that_a_later_file_lacks_says_nothing(tmp_path: Path) -> None:
    moved_in(OFFICER, roster_of(tmp_path, [row(1, 层级="二级")]))
    fewer = {name: value for name, value in row(1, 学历="本科").items() if name != "层级"}
    (made,) = moved_in(OFFICER, roster_of(tmp_path, [fewer]))
    assert (standing()["张1"].tier, standing()["张1"].education) == ("二级", "bachelor")
    assert "tier" in made.columns


def test_people_over_the_quota_are_recorded_and_nobody_is_hired_into_it(tmp_path: Path) -> None:
    factories.quota(SANTAI, 1)
    moved_in(OFFICER, roster_of(tmp_path, [row(1), row(2), row(3)]))

    def account() -> tuple[int, int, int]:
        with acting(factories.PROVINCIAL):
            found = QuotaAccount.objects.get(pk=SANTAI)
        return found.in_service, found.recorded_excess, found.free

    assert account() == (3, 2, -2)
    with acting(factories.PROVINCIAL), pytest.raises(Refusal, match="超出用人额度"), speaking():
        factories.engagement(factories.person(SANTAI))
    later = roster_of(tmp_path, [row(1, 离职日期="2026-01-10"), row(2), row(3)])
    moved_in(OFFICER, later)
    assert account() == (2, 1, -1)
    factories.quota(SANTAI, 1)
    assert account() == (2, 0, 0)


def test_another_organs_person_is_refused_and_so_is_another_name(tmp_path: Path) -> None:
    yanting = factories.territorial(YANTING)
    moved_in(yanting, roster_of(tmp_path, [row(1, 管理机关代码=str(YANTING))]))
    assert "另一个公安机关" in refused(roster_of(tmp_path, [row(1)]))["第2行“公民身份号码”"]
    factories.quota(SANTAI, 1)
    with acting(factories.PROVINCIAL):
        hired = factories.engagement(factories.person(SANTAI))
        number = hired.person.id_number
    changed = roster_of(tmp_path, [row(2, 公民身份号码=number)])
    assert "请核实是否同一人" in refused(changed)["第2行“姓名”"]
    moved_in(OFFICER, roster_of(tmp_path, [row(2, 公民身份号码=number, 姓名=hired.person.name)]))
    with acting(OFFICER):
        kept = RosterRecord.objects.get(person=hired.person)
        assert kept.engagement_id == hired.pk
        assert Engagement.objects.get(pk=hired.pk).span == hired.span


def test_only_personnel_import_and_only_into_their_territory(tmp_path: Path) -> None:
    file = roster_of(tmp_path, [row(1)])
    seen = planned(OFFICER, file).token
    for role in ("organ_leader", "unit_leader", "finance", "auditor"):
        with pytest.raises(NotAllowed):
            moved_in(factories.territorial(SANTAI, role), file, seen=seen)
    stranger = factories.territorial(YANTING)
    assert planned(stranger, file).people.is_empty()
    with acting(stranger), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        RosterImport.objects.create(organ_code=SANTAI, file_name="x", digest="x", as_of=DAY, columns=[], made_by="经办")
    city = factories.territorial(MIANYANG)
    assert len(moved_in(city, file)) == 1


def test_taking_back_leaves_nothing_and_the_superseded_stands_again(tmp_path: Path) -> None:
    (first,) = moved_in(OFFICER, roster_of(tmp_path, [row(1)]))
    (second,) = moved_in(OFFICER, roster_of(tmp_path, [row(1, 姓名="张一", 入职日期="2022-01-01"), row(2)]))
    with acting(OFFICER), pytest.raises(Refusal, match="先撤回后一次"):
        roster_import_take_back(actor=OFFICER, made=first, reason="导错")
    with acting(OFFICER), pytest.raises(Refusal, match="事由"):
        roster_import_take_back(actor=OFFICER, made=second, reason=" ")
    with acting(OFFICER):
        roster_import_take_back(actor=OFFICER, made=second, reason="导错了文件")
    kept = standing()
    assert set(kept) == {"张1"}
    assert kept["张1"].engagement is not None
    assert kept["张1"].engagement.span.lower == kept["张1"].hired_on
    with acting(OFFICER):
        roster_import_take_back(actor=OFFICER, made=first, reason="导错了文件")
        assert not Person.objects.exists()
        assert not Engagement.objects.exists()
        assert QuotaAccount.objects.get(pk=SANTAI).in_service == 0
    with acting(OFFICER), pytest.raises(Refusal, match="已撤回"):
        roster_import_take_back(actor=OFFICER, made=first, reason="再撤")
    assert len(moved_in(OFFICER, roster_of(tmp_path, [row(1)]))) == 1


def test_what_was_done_for_somebody_since_blocks_taking_back_by_name(tmp_path: Path) -> None:
    (made,) = moved_in(OFFICER, roster_of(tmp_path, [row(1), row(2), row(3)]))
    kept = standing()
    with acting(factories.territorial(SANTAI)):
        engagement = kept["张1"].engagement
        assert engagement is not None
        post = factories.post(SANTAI + 100)
        Assignment.objects.create(
            organ_code=SANTAI,
            engagement=engagement,
            person_id=engagement.person_id,
            unit=post.unit,
            post=post,
            span=engagement.span,
        )
        person = kept["张3"].person
        person.phone = "13900000000"
        person.save()
    with acting(OFFICER), pytest.raises(Refusal, match="张1、张3。"):
        roster_import_take_back(actor=OFFICER, made=made, reason="导错")
    assert len(standing()) == 3
