"""One field or row of an announcement changed on its page: what becomes of it, and what is refused."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms

from fujing.web.desk.recruitment.announcement.parts import Part
from fujing.web.desk.recruitment.announcement.pieces import SECTIONS, Piece, post_piece, post_removed, stage_piece
from fujing.web.desk.recruitment.announcement.posts import PostForm
from fujing.web.desk.recruitment.announcement.stages import inserted, moved, simplified
from fujing.web.templatetags.fujing import fields
from tests.web.announcement_pieces import DOCUMENTS, read, sent_back


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
