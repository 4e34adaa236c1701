"""The announcements that the tests of its pages type in, and what a browser sends back for a part of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django import forms
from django.utils.datastructures import MultiValueDict

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.documents import read_document
from fujing.recruitment.campaigns.models import exact
from fujing.web.desk.recruitment.announcement.files import plain
from fujing.web.desk.recruitment.announcement.parts import Part, Rows
from fujing.web.desk.recruitment.announcement.pieces import SECTIONS, Piece, post_piece, stage_piece

LAW = Path(__file__).parents[1] / "law"
FILES = sorted([*LAW.glob("announcements/**/*.yaml"), *LAW.glob("variations/cases/*.yaml")])


def documents() -> Iterator[tuple[str, Part]]:
    """Every announcement of the law's cases, as an uploaded file is kept."""
    for path in FILES:
        said = read_document(path)
        found = said.get("announcement") or said.get("公告")
        if isinstance(found, dict) and {"title", "positions"} <= found.keys():
            yield path.stem, plain(found)


DOCUMENTS = dict(documents())
DOCUMENTS["rare"] = {
    **DOCUMENTS["example"],
    "organiser": {"mode": "entrusted", "with": "绵阳市人才发展有限公司", "signs": "organ"},
    "positions": [
        post
        | {
            "scarce": {"reason": "急需"},
            "pool": {"when": "veteran", "reason": "退役军人专项"},
            "basis": "《道路交通安全法》第八十七条",
            "conditions": post["conditions"]
            | {
                "majors": ["法学", "公安学类"],
                "height_cm": 165,
                "naked_vision": 4.6,
                "corrected_vision": 4.9,
                "bmi": {"min": 18.5, "max": 28},
                "age": post["conditions"]["age"] | {"window": {"from": "1990-01", "to": "2008-01-22"}},
            },
        }
        for post in DOCUMENTS["example"]["positions"]
    ],
    "registration": {"from": "2026-01-22", "to": "2026-01-28T23:59:59"},
    "contract": {"term_months": 12, "probation_months": 1, "signed_after": "trial", "trial_months": 1},
    "simplified": {"dropped": ["psychological"]},
    "priority_groups": [["烈士、因公牺牲民警的配偶子女", "veteran"]],
    "stages": [
        {"kind": "announcement", "date": "2026-01-15", "name": "发布公告"},
        {
            "kind": "written",
            "papers": [{"name": "行测、申论", "weight": 1, "full": 150}],
            "weight": 0.33,
            "full": 150,
            "pass": {"civil": 60, "field": 55},
        },
        {
            "kind": "interview",
            "gate": {"items": ["朗读", "问答"], "need": 2, "item_floor": 60, "standard": "本地标准"},
            "positions": ["01"],
        },
        {
            "kind": "fitness",
            "scored": {"items": ["跑、跳", "俯卧撑"], "combine": "sum", "item_floor": 30},
            "weight": 0.2,
            "panel": {"combine": "sum", "drop": "extremes"},
            "admit": {"ratio": 1.5, "plus": 1, "bound": "at_least", "ties": "tie_break"},
            "exempt": ["veteran", "police_school"],
            "pass_if_uncontested": 55,
        },
        {"kind": "qualification_review"},
        {"kind": "publicity", "days": 90, "unit": "calendar", "gate": True},
        {"kind": "qualification_review", "name": "资格复审", "pass": 1},
        {"kind": "skills", "name": "加试", "for": "ties", "full": 100},
        {
            "kind": "fitness",
            "weight": "1/3",
            "scored": {"items": [{"name": "1000米跑", "sex": "male"}, {"name": "800米跑", "sex": "female"}, "跳远"]},
        },
    ],
    "total_pass": 60,
    "bonus": {"points": [{"when": ["veteran"], "add": 3}], "column": True, "range": [0.5, 5], "cap": 6, "on": "total"},
    "refill": {"times": 2, "from": ["medical", "background"]},
    "pay": "月应发工资4200元，五险一金按规定缴纳。",
    "workplaces": "三台县潼川镇、北坝镇",
    "exam_day": "另行通知",
    "papers": ["身份证原件、复印件", "毕业证"],
    "contacts": {
        "consultation": "0816-5221234",
        "supervision": ["0816-5225678", "12380"],
        "hours": "工作日9:00至17:00",
    },
    "scores_by_position": {
        "01": {"weights": {"written": 0.4}, "pass": {"written": 50}},
        "01:female": {"pass": {"interview": 60}},
    },
    "tie_break": ["priority", "paper:行测、申论", "unrounded", "education", "item:跑、跳"],
    "extra_disqualifiers": ["酒驾、醉驾受过处罚", "其他"],
}


def pieces(document: Part) -> Iterator[Piece]:
    yield from SECTIONS.values()
    for post in document["positions"]:
        yield post_piece(str(post["code"]))
    for index, stage in enumerate(document.get("stages") or ()):
        yield stage_piece(index, stage["kind"])
        yield stage_piece(index, f"{stage['kind']}，全部", everything=True)


def typed(form: forms.BaseForm) -> dict[str, list[str]]:
    """What a browser sends back for a form that nobody touched."""
    sent: dict[str, list[str]] = {}
    for bound in form:
        value, widget = bound.value(), bound.field.widget
        if isinstance(widget, forms.CheckboxInput):
            sent |= {bound.html_name: ["on"]} if value else {}
        elif isinstance(widget, forms.CheckboxSelectMultiple):
            sent[bound.html_name] = [str(each) for each in value or ()]
        elif isinstance(widget, forms.Select):
            sent[bound.html_name] = ["" if value is None else str(value)]
        else:
            sent[bound.html_name] = [widget.format_value(value) or ""]
    return sent


def sent_back(
    piece: Piece, document: Part, **changes: str | list[str]
) -> tuple[forms.BaseForm, list[Rows], Part | None]:
    """The piece's form as it comes back with these fields changed, and the document that it makes if it is right."""
    part = piece.read(document)
    initial = piece.form.initial_of(part) | {"retention_months": 12}
    data = MultiValueDict(typed(piece.form(initial=initial)))
    for rows in piece.rows(part, None):
        for form in (rows.formset.management_form, *rows.formset.forms):
            data.update(MultiValueDict(typed(form)))
    for name, value in changes.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    form, rows_back = piece.form(data, initial=initial), piece.rows(part, data)
    form.fields.pop("plan", None)
    right = all([form.is_valid(), *(rows.formset.is_valid() for rows in rows_back)])
    return form, rows_back, piece.revised(document, form, rows_back) if right else None


def read(document: Part) -> Announcement:
    """As the law reads it; a gate of which nothing is said is a gate."""
    stages = [stage | ({"gate": True} if stage.get("gate") == {} else {}) for stage in document.get("stages") or ()]
    return Announcement.model_validate(exact(document | ({"stages": stages} if stages else {})))
