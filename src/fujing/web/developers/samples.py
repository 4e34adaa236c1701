"""Sample data of the catalogue. Nothing here is read from or written to the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from fujing.kernel.clock import ZONE
from fujing.law.findings import Finding, Outcome
from fujing.registry.states import Category
from fujing.web import values
from fujing.web.acts import Act
from fujing.web.columns import Column, table_of
from fujing.web.desk.approvals import Figure
from fujing.web.developers.forms import OpinionForm, PaperForm, SampleForm
from fujing.web.lists import chart, filter_links, list_of
from fujing.web.requests import Request

Context = dict[str, Any]


class Kind(NamedTuple):
    """One page kind: its name, and its sample context."""

    label: str
    context: Callable[[Request], Context]


FINDINGS = [
    Finding(
        provision="18.3",
        rule="recruitment.age",
        outcome=Outcome.VIOLATED,
        subject="李秀英",
        message="截止日 36 周岁，超过上限 35 周岁。",
        remedy="改报放宽年龄的急需岗位",
        facts={"birth_date": date(1989, 11, 2), "scarce_skill": False},
    ),
    Finding(
        provision="18.4",
        rule="recruitment.education",
        outcome=Outcome.UNDETERMINED,
        subject="张伟",
        message="没有填写学历，不能判断。",
        facts={"education": None},
        remedy="请报名人补充学历证书",
    ),
    Finding(
        provision="18.1", rule="recruitment.nationality", outcome=Outcome.SATISFIED, message="具有中华人民共和国国籍。"
    ),
    Finding(
        provision="33", rule="pay.person", outcome=Outcome.ADVICE, message="本人工资低于上年度当地居民人均可支配收入。"
    ),
]


def _moment(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, 30, tzinfo=ZONE)


TIMELINE = [
    {"at": _moment(1, 22, 15), "text": "同意：三台县财政局同意用人计划", "by": "陈科长", "provisions": ["16.p2"]},
    {"at": _moment(1, 20, 9), "text": "修改用人计划：理由", "by": "李经办", "provisions": []},
]
ROUTE = [
    {
        "who": "绵阳市公安局",
        "label": "上一级公安机关同意",
        "mark": "done",
        "at": _moment(1, 16, 9),
        "outcome": "同意",
        "opinion": "按需核定",
        "by": "赵局长",
        "paper": "",
    },
    {
        "who": "三台县机构编制委员会办公室",
        "label": "机构编制审核",
        "mark": "done",
        "at": _moment(1, 19, 10),
        "outcome": "同意",
        "opinion": "",
        "by": "李经办",
        "paper": "三编办函〔2026〕3号（2026-01-18）",
    },
    {"who": "三台县财政局", "label": "财政审核", "mark": "now", "at": None},
    {"who": "三台县人民政府办公室", "label": "本级人民政府批准", "mark": "later", "at": None},
]
STEPS = [
    {"label": "岗位", "url": "?", "mark": "done"},
    {"label": "条件", "url": "?", "mark": "now"},
    {"label": "考试", "url": "", "mark": "later"},
    {"label": "公示", "url": "", "mark": "later"},
]
PEOPLE = [
    {"name": name, "organ": 510722000000, "category": category, "started": started, "pay": Decimal(pay)}
    for name, category, started, pay in (
        ("王建华", "勤务", date(2022, 3, 1), "4520"),
        ("欧阳明月", "文职", date(2023, 7, 15), "3980.5"),
        ("张伟", "勤务", date(2021, 6, 30), "12000"),
    )
]
COUNTIES = ["三台县", "盐亭县", "梓潼县", "平武县", "江油市"]
QUOTA, SERVING = [320, 210, 180, 95, 402], [298, 210, 151, 90, 377]


def _waiting(title: str, due: date | None, provision: str, **more: Any) -> Context:
    return {
        "title": title,
        "url": "?",
        "due": due,
        "late": False,
        "note": "",
        "provision": provision,
        "act": None,
    } | more


def _queue(request: Request) -> Context:
    review = [
        _waiting(
            "王建华：三台县2026年招聘",
            date(2026, 1, 20),
            "21.p1",
            late=True,
            note="一线执勤，材料齐全",
            act={"verb": "qualify", "label": "审核通过"},
        ),
        _waiting("李秀英：三台县2026年招聘", date(2026, 1, 28), "21.p1", note="缺学历证明"),
    ]
    contracts = [_waiting("张伟：聘用后未签合同", None, "22")]
    return {
        "intro": "最早到期的在前",
        "groups": [{"label": "资格审查", "rows": review}, {"label": "劳动合同", "rows": contracts}],
    }


LIST = (
    Column("name", "姓名", lambda row: row["name"], sort="name", link=lambda row: "?"),
    Column("organ", "机关代码", lambda row: str(row["organ"])),
    Column("category", "类别", lambda row: row["category"]),
    Column("started", "入职日期", lambda row: row["started"], "date", sort="started"),
    Column("pay", "月工资", lambda row: row["pay"], "money", unit="元", sort="-pay"),
)
REPORT = (
    Column("county", "机关", lambda row: row[0]),
    Column("quota", "核定额度", lambda row: row[1], "integer", unit="人"),
    Column("serving", "在职", lambda row: row[2], "integer", unit="人"),
)


def _list(request: Request) -> Context:
    filters = [("类别", filter_links(request, "category", Category.choices, {"civil": 1, "field": 2}))]
    return list_of(request, LIST, PEOPLE, "名册", filters=filters) | {"summary": "在职 3 人"}


def _dossier(request: Request) -> Context:
    return {
        "facts": [("合计", "60 人"), ("空余名额", "0 个"), ("批准文号", "三府函〔2026〕8号")],
        "tabs": [
            {"label": "概况", "url": "?", "current": True, "count": None},
            {"label": "岗位", "url": "?tab=posts", "current": False, "count": 4},
        ],
        "timeline": TIMELINE,
        "acts_now": [
            Act("amend", "申请追加", "追加的人数重新报批。", "批准前可以撤回。", False, "16.p2"),
            Act("withdraw", "撤回", "撤回后须重新报送。", "", True, "16.p2"),
        ],
        "acts_not": [Act("publish", "发布招聘公告", "", "", True, "16.p3", "60 个名额已全部使用。")],
    }


def _approval(request: Request) -> Context:
    return {
        "facts": [("报送", "2026-01-15"), ("合计", "60 人"), ("现在", "财政审核")],
        "figures": [
            Figure("核定额度", 320, "人"),
            Figure("在职", 248, "人"),
            Figure("空余", 72, "人"),
            Figure("年度经费", "2,880,000.00", "元"),
        ],
        "findings": FINDINGS[2:3],
        "route": ROUTE,
        "timeline": TIMELINE,
        "opinion": OpinionForm(values.sent(request)),
        "verbs": [("pass", "同意"), ("return", "退回修改"), ("refuse", "不同意")],
        "paper": PaperForm(),
        "paper_verbs": [("record_pass", "录入同意")],
    }


def _form(request: Request) -> Context:
    return {"form": SampleForm(values.sent(request)), "back": "?"}


def _wizard(request: Request) -> Context:
    return {"intro": "每一步都会保存", "steps": STEPS, "last": False, **_form(request)}


def _report(request: Request) -> Context:
    return {
        "summary": "绵阳市，2026-01-22",
        "filters": [("类别", filter_links(request, "category", Category.choices))],
        "numbers": [
            {"label": "核定额度", "value": "1,207", "note": "人"},
            {"label": "在职", "value": "1,126", "url": "?", "note": "人"},
            {"label": "未签合同", "value": "3", "url": "?", "note": "人", "alert": True},
        ],
        "picture": chart("bar", COUNTIES, {"核定额度": QUOTA, "在职": SERVING}, "人"),
        "picture_title": "各县额度与在职人数",
        "table": table_of(REPORT, zip(COUNTIES, QUOTA, SERVING, strict=True), "各县额度与在职人数"),
        "export_url": "?",
    }


KINDS = {
    "queue": Kind("待办队列", _queue),
    "list": Kind("名册", _list),
    "dossier": Kind("卷宗", _dossier),
    "form": Kind("表单", _form),
    "wizard": Kind("分步办理", _wizard),
    "approval": Kind("审批", _approval),
    "findings": Kind("核对结论", lambda request: {"findings": FINDINGS}),
    "report": Kind("报表", _report),
    "states": Kind("各种状态", lambda request: {}),
}
