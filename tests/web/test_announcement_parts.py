"""The announcement is the same through form and file: every part's page gives back what a file said, and changes only
what was changed."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict
from pydantic import BaseModel

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.documents import read_document
from fujing.recruitment.campaigns.models import exact
from fujing.web.desk.recruitment.announcement.files import plain
from fujing.web.desk.recruitment.announcement.parts import Part, Rows
from fujing.web.desk.recruitment.announcement.pieces import SECTIONS, Piece, post_piece, post_removed, stage_piece
from fujing.web.desk.recruitment.announcement.posts import PostForm
from fujing.web.desk.recruitment.announcement.stages import SimplifiedForm, inserted, moved, simplified
from fujing.web.templatetags.fujing import fields

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


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_pages_that_nobody_changed_keep_the_announcement_to_the_letter(name: str) -> None:
    document = made = DOCUMENTS[name]
    for piece in pieces(document):
        form, rows, back = sent_back(piece, made)
        assert back is not None, (piece.title, form.errors, [each.formset.errors for each in rows])
        made = back
        assert made == document, piece.title


OF_THE_SYSTEM = ("organ.", "plan.", "simplified.consent.")
"""What no form asks: the bureau and its plan are registered, and consent is 人社's answer."""


def typed_in(target: Part) -> tuple[Part, dict[str, str]]:
    """The announcement typed into empty forms, and for each of its keys the page that asked it."""
    document: Part = {"positions": []}
    asked: dict[str, str] = {}

    def type_in(piece: Piece, wanted: Piece, title: str) -> None:
        nonlocal document
        before = set(keys_of(document))
        form, _, _ = sent_back(wanted, target)
        bound, back = (
            piece.form(form.data, initial=piece.initial(document)),
            piece.rows(piece.read(document), form.data),
        )
        bound.fields.pop("plan", None)
        if bound.fields.get("retention_months"):
            bound.fields["retention_months"].required = False
        assert bound.is_valid(), (title, bound.errors)
        assert all(each.formset.is_valid() for each in back), (title, [each.formset.errors for each in back])
        document = piece.revised(document, bound, back)
        asked.update(dict.fromkeys(set(keys_of(document)) - before, title))

    for index, stage in enumerate(target.get("stages") or ()):
        document["stages"] = [*document.get("stages", []), {"kind": stage["kind"]}]
        asked["stages[].kind"] = "招聘程序"
        type_in(*(stage_piece(index, "环节", everything=True),) * 2, f"环节 {stage['kind']}")
    for post in target["positions"]:
        type_in(post_piece(""), post_piece(str(post["code"])), "岗位")
    for section in SECTIONS.values():
        type_in(section, section, section.title)
    dropped = (target.get("simplified") or {}).get("dropped") or []
    if dropped:
        form = SimplifiedForm(MultiValueDict({"dropped": dropped}), document=target)
        assert form.is_valid(), form.errors
        document["simplified"] = {"dropped": form.cleaned_data["dropped"]}
        asked["simplified.dropped"] = "招聘程序"
    return document, asked


def without_the_systems(document: Part) -> Part:
    made = {key: value for key, value in document.items() if key not in {"organ", "plan", "simplified"}}
    dropped = (document.get("simplified") or {}).get("dropped")
    return made | {"organ": DOCUMENTS["example"]["organ"]} | ({"simplified": {"dropped": dropped}} if dropped else {})


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_announcement_can_be_typed_in(name: str) -> None:
    target = DOCUMENTS[name]
    made, _ = typed_in(target)
    assert read(without_the_systems(made)).model_dump() == read(without_the_systems(target)).model_dump()


def test_every_key_of_the_format_has_a_page_that_asks_it() -> None:
    asked: dict[str, str] = {}
    for document in DOCUMENTS.values():
        asked |= typed_in(document)[1]
    wanted = {key for key in keys_of_the_format(Announcement) if not key.startswith(OF_THE_SYSTEM)}
    assert wanted - asked.keys() == set()
    assert asked.keys() <= wanted, asked.keys() - wanted


def keys_of(value: Any, path: str = "") -> Iterator[str]:
    """The dotted paths of a document's values; [] for an item of a list, * for a key that the document chooses."""
    if isinstance(value, dict):
        chosen = path.endswith(("scores_by_position", ".weights")) or path == "scores_by_position[].pass"
        for name, inside in value.items():
            yield from keys_of(inside, f"{path}.{'*' if chosen else name}".strip("."))
        if path == "stages[].gate" and not value:
            yield path
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for each in value:
            yield from keys_of(each, f"{path}[]" if isinstance(each, dict) else path)
    elif value is not None:
        yield re.sub(r"(scores_by_position\.\*\.(weights|pass))\..*", r"\1", path)


def keys_of_the_format(kind: Any, path: str = "") -> Iterator[str]:
    """The same paths from the models of the format, so that a new key of theirs asks for its page."""
    parts = list(parts_in(kind))
    if not parts or plain_too(kind):
        yield path
    for part, way in parts:
        for name, field in part.model_fields.items():
            yield from keys_of_the_format(field.annotation, f"{path}{way}.{field.alias or name}".strip("."))


def parts_in(kind: Any) -> Iterator[tuple[type[BaseModel], str]]:
    """The models inside a type, each with what its path gains."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind, ""
    elif get_origin(kind) is dict:
        yield from ((part, f".*{way}") for part, way in parts_in(get_args(kind)[1]))
    elif get_origin(kind) is tuple:
        yield from ((part, f"[]{way}") for each in get_args(kind) for part, way in parts_in(each))
    else:
        yield from (found for each in get_args(kind) for found in parts_in(each))


def plain_too(kind: Any) -> bool:
    """Whether the type also takes a plain value beside a model: a number or a model, true or a model; also in a list."""
    if get_origin(kind) is tuple:
        return plain_too(get_args(kind)[0])
    others = [each for each in get_args(kind) if each is not type(None) and not list(parts_in(each))]
    return bool(others) and get_origin(kind) in {Union, types.UnionType}


def test_every_field_is_used_by_some_announcement() -> None:
    asked, used = set(), set()
    for document in DOCUMENTS.values():
        for piece in pieces(document):
            for name, value in piece.form.initial_of(piece.read(document)).items():
                asked.add((piece.form, name))
                used |= {(piece.form, name)} if value not in (None, "", [], False) else set()
    assert asked - used == set()


def changed(piece: Piece, document: Part, **changes: Any) -> Part:
    form, rows, made = sent_back(piece, document, **changes)
    assert made is not None, (form.errors, [each.formset.errors for each in rows])
    read(made)
    return made


def errors_of(piece: Piece, document: Part, **changes: Any) -> set[str]:
    form, _, made = sent_back(piece, document, **changes)
    assert made is None
    return set(form.errors)


EXAMPLE = DOCUMENTS["example"]


def stage_of(kind: str, document: Part = EXAMPLE) -> Piece:
    return stage_piece([stage["kind"] for stage in document["stages"]].index(kind), kind)


def test_ages_may_be_reckoned_on_the_day_of_registration() -> None:
    made = changed(SECTIONS["basics"], EXAMPLE, rolling="on", cutoff="")
    assert made["cutoff"] == "registration_day"
    assert errors_of(SECTIONS["basics"], EXAMPLE, rolling="on") == {"cutoff"}
    assert changed(SECTIONS["basics"], made, rolling=[], cutoff="2026-03-01")["cutoff"] == "2026-03-01"


def test_who_organises_alone_names_no_other() -> None:
    assert errors_of(SECTIONS["basics"], EXAMPLE, partner="某某公司", signs="entrusted") == {"partner", "signs"}
    assert errors_of(SECTIONS["basics"], DOCUMENTS["rare"], organiser="alone", signs="entrusted") == {
        "partner",
        "signs",
    }
    made = changed(SECTIONS["basics"], DOCUMENTS["rare"], organiser="alone", partner="", signs="")
    assert made["organiser"] == {"mode": "alone"}


def test_a_relaxation_is_added_changed_and_taken_out() -> None:
    piece = post_piece("01")
    rows = "conditions__age__relax__"
    made = changed(piece, EXAMPLE, **{f"{rows}1__when": ["veteran", "bravery"], f"{rows}1__max": "38"})
    relaxed = [{"max": 40, "when": ["scarce_skill"]}, {"when": ["veteran", "bravery"], "max": 38}]
    assert made["positions"][0]["conditions"]["age"]["relax"] == relaxed
    out = changed(piece, made, **{f"{rows}0__DELETE": "on"})
    assert out["positions"][0]["conditions"]["age"]["relax"] == relaxed[1:]


def test_half_a_relaxation_is_an_error_of_its_row() -> None:
    _, (ages, _), made = sent_back(post_piece("01"), EXAMPLE, conditions__age__relax__1__max="38")
    assert made is None
    assert list(ages.formset.errors[1]) == ["when"]


def test_a_posts_new_code_is_used_wherever_it_is_named() -> None:
    made = changed(post_piece("02"), EXAMPLE | two_posts(), code="03")
    assert [post["code"] for post in made["positions"]] == ["01", "03"]
    assert next(stage for stage in made["stages"] if stage["kind"] == "skills")["positions"] == ["03"]
    assert set(made["scores_by_position"]) == {"03", "03:female"}


def two_posts() -> Part:
    """The example with the second post that its steps and weights speak of."""
    scores = EXAMPLE["scores_by_position"]
    return {
        "positions": [*EXAMPLE["positions"], {"code": "02", "name": "文员", "category": "civil", "headcount": 2}],
        "scores_by_position": scores | {"02:female": scores["02"]},
    }


def test_a_post_goes_from_an_announcement_that_says_nothing_of_its_steps() -> None:
    made = {"positions": [{"code": "01"}, {"code": "02"}]}
    post_removed(made, "02")
    assert made == {"positions": [{"code": "01"}]}


def test_weights_of_a_step_that_has_no_score_stay_to_be_seen() -> None:
    scores = {"02": {"weights": {"written": 0.4, "medical": 0.1}}}
    made = changed(SECTIONS["scoring"], EXAMPLE | {"scores_by_position": scores}, digits="3")
    assert made["scores_by_position"] == scores


def test_a_removed_post_takes_its_own_weights_and_steps_along() -> None:
    made = deepcopy(EXAMPLE | two_posts())
    post_removed(made, "02")
    assert [post["code"] for post in made["positions"]] == ["01"]
    assert "skills" not in {stage["kind"] for stage in made["stages"]}
    assert "scores_by_position" not in made


def test_a_gate_counts_nothing_and_a_score_is_no_gate() -> None:
    assert errors_of(stage_of("fitness"), EXAMPLE, weight="0.2") == {"gate"}
    assert errors_of(stage_of("fitness"), EXAMPLE, gate=[]) == {"gate"}
    nothing = {"gate": [], "standard": "", "need": ""}
    made = changed(
        stage_of("fitness"),
        EXAMPLE,
        **nothing,
        items="1000米跑、俯卧撑",
        item_combine="mean",
        item_floor="30",
        weight="0.2",
    )
    stage = stage_of("fitness").read(made)
    assert (stage.get("gate"), stage["weight"]) == (None, 0.2)
    assert stage["scored"] == {"items": ["1000米跑", "俯卧撑"], "combine": "mean", "item_floor": 30}


def test_a_pass_line_is_one_number_or_one_by_category() -> None:
    assert errors_of(stage_of("interview"), EXAMPLE, pass_line="60") == {"pass_line"}
    made = changed(stage_of("interview"), EXAMPLE, pass_line="60", pass_civil="", pass_field="")
    assert stage_of("interview").read(made)["pass"] == 60


def test_ties_are_broken_in_words_and_an_unknown_word_is_refused() -> None:
    made = changed(
        SECTIONS["scoring"], EXAMPLE, tie_break="优先人员、面试、科目：行测", priority_groups="退役士兵、烈属；见义勇为"
    )
    assert made["tie_break"] == ["priority", "interview", "paper:行测"]
    assert made["priority_groups"] == [["veteran", "martyr_kin"], ["bravery"]]
    assert errors_of(SECTIONS["scoring"], EXAMPLE, tie_break="颜值") == {"tie_break"}


def test_what_a_post_weighs_otherwise_is_kept_by_post_and_sex() -> None:
    rows = "by_position__1__"
    made = changed(
        SECTIONS["scoring"],
        EXAMPLE,
        **{f"{rows}position": "01", f"{rows}sex": "female", f"{rows}weight_written": "0.3"},
    )
    assert made["scores_by_position"] == EXAMPLE["scores_by_position"] | {"01:female": {"weights": {"written": 0.3}}}


def kinds(document: Part) -> list[str]:
    return [stage["kind"] for stage in document["stages"]]


def test_a_dropped_step_leaves_the_announcement_and_returns_to_its_place() -> None:
    document = EXAMPLE | {"simplified": {"dropped": ["psychological"]}}
    simplified(document, ["psychological", "fitness"])
    assert document["simplified"] == {"dropped": ["psychological", "fitness"]}
    assert "fitness" not in kinds(document)
    simplified(document, [])
    assert "simplified" not in document
    assert kinds(document) == kinds(EXAMPLE)


def test_steps_are_moved_one_place_and_stay_inside_the_list() -> None:
    steps = EXAMPLE["stages"]
    assert [stage["kind"] for stage in moved(steps, 4, -1)][3:5] == ["fitness", "written"]
    assert moved(steps, 0, -1) == moved(steps, len(steps) - 1, 1) == steps
    assert kinds({"stages": inserted([{"kind": "announcement"}, {"kind": "hire"}], "medical")}) == [
        "announcement",
        "medical",
        "hire",
    ]


def test_a_weight_is_typed_as_a_number_in_per_cent_or_as_a_fraction_that_stays_one() -> None:
    for typed_as, kept in (("0.35", 0.35), ("35%", 0.35), ("３５％", 0.35), ("1/3", "1/3"), ("1", 1)):
        made = changed(stage_of("interview"), EXAMPLE, weight=typed_as)
        assert stage_of("interview").read(made)["weight"] == kept, typed_as
    for wrong in ("三成", "1/0", "-1", "0.1234567", "nan"):
        assert errors_of(stage_of("interview"), EXAMPLE, weight=wrong) == {"weight"}, wrong


def test_births_are_typed_by_day_or_by_month_and_an_impossible_month_is_refused() -> None:
    made = changed(post_piece("01"), EXAMPLE, window_from="1990-01", window_to="2008-01-22")
    assert made["positions"][0]["conditions"]["age"]["window"] == {"from": "1990-01", "to": "2008-01-22"}
    assert errors_of(post_piece("01"), EXAMPLE, window_from="1990-13", window_to="2008-02-30") == {
        "window_from",
        "window_to",
    }


def test_an_item_that_only_one_sex_does_is_said_before_its_name() -> None:
    made = changed(stage_of("fitness"), EXAMPLE, gate_items="男：1000米跑、女:800米跑、纵跳")
    items = [{"name": "1000米跑", "sex": "male"}, {"name": "800米跑", "sex": "female"}, "纵跳"]
    assert stage_of("fitness").read(made)["gate"]["items"] == items


def test_a_height_is_one_number_or_one_by_sex() -> None:
    both = {"height": "165", "height_male": "170", "height_female": "160"}
    assert errors_of(post_piece("01"), EXAMPLE, **both) == {"height"}
    made = changed(post_piece("01"), EXAMPLE, height="165", height_male="", height_female="")
    assert made["positions"][0]["conditions"]["height_cm"] == 165


def test_verified_points_have_both_ends_and_are_asked_for_first() -> None:
    assert errors_of(SECTIONS["scoring"], EXAMPLE, bonus_low="1") == {"bonus_column", "bonus_high"}
    assert errors_of(SECTIONS["scoring"], EXAMPLE, bonus_column="on", bonus_low="5", bonus_high="1") == {"bonus_high"}
    made = changed(SECTIONS["scoring"], EXAMPLE, bonus_column="on", bonus_low="0.5", bonus_high="5")
    assert made["bonus"] == {**EXAMPLE.get("bonus", {}), "column": True, "range": [0.5, 5]}


def test_a_step_for_equals_only_orders_them() -> None:
    piece = stage_piece([stage["kind"] for stage in EXAMPLE["stages"]].index("interview"), "面试", everything=True)
    assert errors_of(piece, EXAMPLE, only_for_ties="on") == {"only_for_ties"}


def test_no_refill_is_written_as_none_and_every_refill_in_a_word() -> None:
    assert changed(SECTIONS["terms"], EXAMPLE, refill_times="0")["refill"] == {"times": 0}
    assert changed(SECTIONS["terms"], EXAMPLE, refill_times="不限")["refill"] == {"times": "unlimited"}
    assert errors_of(SECTIONS["terms"], EXAMPLE, refill_times="若干") == {"refill_times"}


def test_what_is_unusual_is_folded_until_it_says_something() -> None:
    def folds(form: forms.BaseForm) -> dict[str, str]:
        return dict(fields(form)["folds"])

    empty = folds(post_piece("").form())
    assert set(empty.values()) == {"closed"}
    rare = DOCUMENTS["rare"]
    piece = post_piece("01")
    assert set(folds(piece.form(initial=piece.initial(rare))).values()) == {"open"}
    wrong = folds(PostForm({"bmi_min": "many"}))
    assert wrong["矫正视力、体重指数"] == "open"
