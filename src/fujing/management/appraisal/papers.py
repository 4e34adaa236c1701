"""The papers of an appraisal: one person's form, and the grades as they are made public.

What isn't stored is a blank, never a guess.
"""

from __future__ import annotations

from collections.abc import Sequence

from fujing.kernel.numbers import bare
from fujing.kernel.papers import Grid, Heading, Paper, Text, chinese_date
from fujing.law.appraisal.scheme import HEADINGS
from fujing.management.appraisal.models import Opinion, Round, Sheet
from fujing.recruitment.hiring.papers import BLANK
from fujing.registry.queries import organ_at


def appraisal_form(sheet: Sheet, officer: Opinion | None, unit: Opinion | None) -> Paper:
    """考核表 of one person: the self-report, both scores by heading, the grade, and places to sign."""
    round_ = sheet.round
    weights = round_.rules.weights
    scores = tuple(
        (label, f"{weights[key]}%", *("" if each is None else bare(getattr(each, key)) for each in (officer, unit)))
        for key, label in HEADINGS.items()
    )
    about = (
        ("姓名", sheet.name, "岗位", sheet.post or BLANK),
        (
            "用人单位",
            sheet.unit.name if sheet.unit else BLANK,
            "责任民警",
            sheet.officer.name if sheet.officer else BLANK,
        ),
        ("考核期", f"{chinese_date(round_.first)}至{chinese_date(round_.last)}", "缺勤", _absent(sheet)),
    )
    signing = tuple(
        (label, words, who or "\n", "　　年　　月　　日")
        for label, words, who in (
            ("责任民警", officer.words if officer else "", officer.scored_by if officer else ""),
            ("用人单位", unit.words if unit else "", unit.scored_by if unit else ""),
            (
                "机关",
                f"{sheet.stands}。{sheet.grade_because}" if sheet.stands else sheet.due_because,
                round_.decided_by,
            ),
            ("本人", "已知悉考核结果。", ""),
        )
    )
    return Paper(
        title="警务辅助人员考核表",
        code=f"考核 {sheet.organ_code}-{sheet.pk}",
        blocks=(
            Text(f"{organ_at(sheet.organ_code).name}　　{round_.title}"),
            Grid(("项目", "内容", "项目", "内容"), about, (3, 7, 3, 5)),
            Heading("一、本人自评"),
            Text(_self(sheet)),
            Heading("二、评分"),
            Grid(("考核内容", "权重", "责任民警", "用人单位"), scores, (5, 3, 4, 4), frozenset({2, 3})),
            Text(f"总分：{bare(sheet.total) if sheet.total is not None else BLANK}　　等次：{sheet.stands or BLANK}"),
            Heading("三、意见"),
            Grid(("", "意见", "签名", "日期"), signing, (3, 8, 4, 5)),
            Text("依据：《四川省公安机关警务辅助人员管理办法》第二十五条。"),
        ),
    )


def _self(sheet: Sheet) -> str:
    if sheet.self_report:
        return sheet.self_report
    if sheet.self_missing:
        return "本人没有提交自评。"
    return "见本人自评材料。" if sheet.self_file_id else BLANK * 3


def _absent(sheet: Sheet) -> str:
    return BLANK if sheet.absent_days is None else f"{sheet.absent_days}日"


def publicity_paper(round_: Round, sheets: Sequence[Sheet]) -> Paper:
    """考核结果公示: names, units and grades, no points and no reasons; how to object and how to ask again."""
    graded = [each for each in sheets if each.grade]
    order = {grade.name: place for place, grade in enumerate(round_.rules.grades)}
    rows = tuple(
        (str(number), each.name, each.unit.short_name if each.unit else "", each.standing)  # type: ignore[attr-defined]
        for number, each in enumerate(sorted(graded, key=lambda each: (order[each.standing], each.name)), 1)  # type: ignore[attr-defined]
    )
    days = f"{chinese_date(round_.publicity_from)}至{chinese_date(round_.publicity_to)}（含当日）"
    return Paper(
        title=f"{round_.title}结果公示",
        issuer=organ_at(round_.organ_code).name,
        dated=round_.publicity_from,
        code=f"考核批次 {round_.pk}",
        blocks=(
            Text(
                f"根据本人自评、责任民警和用人单位评分，经研究，现将{len(rows)}名警务辅助人员的考核等次公示如下。公示时间：{days}。"
            ),
            Grid(("序号", "姓名", "用人单位", "等次"), rows, (2, 5, 8, 4), frozenset({0})),
            Text(
                f"对公示结果有异议的，请在公示期内书面提出；本人不服的，可以在{chinese_date(round_.reconsider_until)}以前"
                "书面申请复核，由没有参与评分、拟定和决定的人员答复。"
            ),
        ),
    )
