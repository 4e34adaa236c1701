"""The papers of a recruitment, from what is stored. What isn't stored is a blank to be filled in by hand, never a guess."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from fujing.kernel.clock import today
from fujing.kernel.numbers import bare
from fujing.kernel.papers import Grid, Heading, Paper, Text, chinese_date
from fujing.kernel.privacy import masked
from fujing.law.announcements.offered import offered
from fujing.law.announcements.wording import (
    UNITS,
    cutoff_words,
    grounds_words,
    post_words,
    printed_words,
    scoring_words,
    stage_words,
    terms_words,
)
from fujing.law.formats.fitness import printed_standard
from fujing.law.formats.scores import STAGE_LABELS
from fujing.law.formats.stages import Stage
from fujing.law.provisions import chinese_number
from fujing.recruitment.applications.models import Application
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.hiring.lists import Listed
from fujing.recruitment.hiring.models import Hire
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.queries import Term
from fujing.recruitment.selection.models import PublicityNotice, StageScore

BLANK = "＿＿＿＿"


def announcement_of(campaign: Campaign) -> Paper:
    """招聘公告. A draft says so; what the announcement doesn't state is not printed."""
    text = campaign.announcement
    posts = offered(text, today())
    total = sum(each.post.headcount for each in posts)
    plan = f"，用人计划批准文号：{text.plan.number}" if text.plan and text.plan.number else ""
    posts_grid = Grid(
        ("代码", "岗位", "类别", "人数"),
        tuple((each.post.code, each.post.name, each.category, str(each.post.headcount)) for each in posts),
        (3, 10, 4, 3),
        frozenset({3}),
    )
    conditions = [
        f"{each.post.code}岗位：{'；'.join(f'{label}：{words}' for label, words, _ in post_words(each))}。"
        for each in posts
    ]
    banned = (
        f"有下列情形之一的，不得招聘（《四川省公安机关警务辅助人员管理办法》第二十条）：{'；'.join(grounds_words())}。"
    )
    opens, closes = _moment(campaign.registration_from), _moment(campaign.registration_to)
    sections: dict[str, list[str]] = {
        "招聘岗位和条件": [
            cutoff_words(text),
            *conditions,
            banned + "".join(f"{reason}。" for reason in text.extra_disqualifiers),
        ],
        "报名": [f"报名时间：{opens}至{closes}，网上报名，每人限报一个岗位。"],
        "招聘程序": [f"{number}.{stage_words(stage)}。" for number, stage in enumerate(text.stages or (), 1)],
        "成绩和排名": scoring_words(text),
        "递补和合同": terms_words(text),
        "待遇、地点和联系方式": [f"{label}：{words.rstrip('。')}。" for label, words in printed_words(text)],
        "个人信息": [f"报名资料自招聘结束之日起保存{campaign.retention_months}个月，期满删除。"],
    }
    blocks: list[Text | Heading | Grid] = [
        Text(f"根据《四川省公安机关警务辅助人员管理办法》，面向社会公开招聘警务辅助人员{total}名{plan}。现公告如下。")
    ]
    for place, (title, said) in enumerate(((title, said) for title, said in sections.items() if said), 1):
        blocks.append(Heading(f"{chinese_number(place)}、{title}"))
        blocks += [posts_grid] if place == 1 else []
        blocks += [Text(sentence) for sentence in said if sentence]
    return Paper(
        title=campaign.title,
        blocks=tuple(blocks),
        issuer=text.organ.name,
        dated=timezone.localtime(campaign.published_at).date() if campaign.published_at else None,
        code=_code(campaign),
        draft=campaign.published_at is None,
    )


def score_list(campaign: Campaign, stage: str, scores: Iterable[StageScore]) -> Paper:
    """成绩公示表 of a stage: application number and score; nobody's name or identity number."""
    rows = sorted(
        ((row.application.position.code, row.application_id, row.item, row.score) for row in scores),
        key=lambda row: row[:3],
    )
    grid = Grid(
        ("岗位", "报名序号", "科目", "成绩"),
        tuple((code, str(pk), item, score) for code, pk, item, score in rows),
        (3, 4, 5, 3),
        frozenset({3}),
    )
    return _listing(campaign, f"{STAGE_LABELS[stage]}成绩公示表", f"共{len({row[1] for row in rows})}人。", grid)


def admission_list(campaign: Campaign, stage: str, admitted: Iterable[Application]) -> Paper:
    """入围名单 of a stage: name, masked identity number, application number, by post."""
    people = sorted(admitted, key=lambda each: (each.position.code, each.pk))
    grid = Grid(
        ("岗位", "姓名", "身份号码", "报名序号"),
        tuple((str(each.position), each.name, masked(each, "id_number"), str(each.pk)) for each in people),
        (6, 4, 6, 3),
    )
    return _listing(campaign, f"{STAGE_LABELS[stage]}入围人员名单", f"共{len(people)}人。", grid)


def fitness_sheet(campaign: Campaign, stage: Stage, admitted: Iterable[Application]) -> Paper:
    """体能测评现场记录表: what each has to reach by sex and age, with blanks for what was measured and the signatures."""
    people = sorted(admitted, key=lambda each: (each.position.code, each.sex, each.pk))
    rows: list[tuple[str, ...]] = []
    for each in people:
        items = printed_standard(campaign.announcement, stage, each.sex, each.birth_date)
        for number, (item, standard) in enumerate(items or [("", "")]):
            who = ("", "", "") if number else (str(each.pk), each.name, each.get_sex_display())
            rows.append((*who, item, standard, "", "", ""))
    header = ("序号", "姓名", "性别", "项目", "标准", "实测", "合格与否", "本人签名")
    grid = Grid(header, tuple(rows), (13, 24, 13, 33, 32, 13, 12, 16))
    said = f"共{len(people)}人。测评员：{BLANK}{BLANK}　日期：{BLANK}"
    return _listing(campaign, "体能测评现场记录表", said, grid)


def medical_notice(campaign: Campaign, exams: Iterable[MedicalExam], term: Term | None) -> Paper:
    """体检通知: who goes where and when, and how long a re-examination may be asked for, if anybody has said it."""
    rows = tuple(
        (str(exam.application.position), exam.application.name, exam.hospital, chinese_date(exam.exam_on))
        for exam in exams
    )
    said = (
        f"对体检结论有疑问的，可以自收到告知之日起{term.days}{UNITS[term.unit]}内申请复检一次，复检结论为最终结论。"
        if term
        else f"申请复检的期限：{BLANK}。"
    )
    return Paper(
        title=_titled(campaign, "体检通知"),
        issuer=campaign.announcement.organ.name,
        dated=today(),
        code=_code(campaign),
        blocks=(
            Text(
                "请下列人员按时携带本人有效身份证参加体检。不能按时参加的，请事先联系招聘机关；无故未参加的，按公告办理。"
            ),
            Grid(("岗位", "姓名", "体检医院", "日期"), rows, (5, 4, 9, 5)),
            Text(said),
        ),
    )


def publicity_paper(notice: PublicityNotice) -> Paper:
    """公示 or 递补公示, with the names as they were made public."""
    rows = tuple(
        (f"{row['position']} {row['post']}", str(row["rank"]), row["name"], row["id_number"], str(row["total"] or ""))
        for row in sorted(notice.names, key=lambda row: (row["position"], row["rank"]))
    )
    campaign = notice.campaign
    return Paper(
        title=_titled(campaign, notice.title),
        issuer=campaign.announcement.organ.name,
        dated=notice.starts,
        code=_code(campaign),
        blocks=(
            Text(
                f"经{'、'.join(STAGE_LABELS[stage.kind] for stage in campaign.announcement.stages or () if stage.kind in STAGE_LABELS and stage.kind not in {'publicity', 'hire'})}，"
                f"下列{len(rows)}名人员拟聘用，现予公示。公示时间：{chinese_date(notice.starts)}至{chinese_date(notice.ends)}（含当日）。"
            ),
            Grid(("岗位", "名次", "姓名", "身份号码", "总成绩"), rows, (6, 2, 4, 6, 3), frozenset({1, 4})),
            Text("对公示人员有异议的，请在公示期内通过招聘网站或者书面提出，可以匿名。"),
        ),
    )


def approval_form(line: Listed, check: BackgroundCheck | None, exam: MedicalExam | None, hire: Hire | None) -> Paper:
    """录用审批表 of one person. Of examination and background check only the conclusion, never what was found.

    What it rests on is the line of the hire list: who came from the reserve was ranked as one for whom there was no place.
    """
    application, candidate = line.application, line.candidate
    facts = (
        ("姓名", application.name, "性别", application.get_sex_display()),
        ("出生日期", chinese_date(application.birth_date), "身份号码", masked(application, "id_number")),
        ("岗位", str(application.position), "报名序号", str(application.pk)),
        ("名次", str(candidate.rank or ""), "总成绩", "" if candidate.total is None else bare(candidate.total)),
        (
            "体检",
            exam.get_state_display() if exam else "公告没有体检环节",
            "考察",
            check.get_state_display() if check else "",
        ),
        ("依据", line.last_step.message, "决定人", hire.decided_by if hire else ""),
    )
    signing = tuple(
        (label, "同意 / 不同意", "", "　　年　　月　　日") for label in ("用人单位", "人事部门", "单位负责人")
    )
    return Paper(
        title="警务辅助人员录用审批表",
        code=f"{_code(application.campaign)}，报名 {application.pk}",
        blocks=(
            Text(f"招聘机关：{application.campaign.announcement.organ.name}。{application.campaign.title}。"),
            Grid(("项目", "内容", "项目", "内容"), facts, (3, 7, 3, 7)),
            Heading("审批意见"),
            Grid(("审批", "意见", "签名", "日期"), signing, (4, 5, 5, 6)),
        ),
    )


def _listing(campaign: Campaign, title: str, said: str, grid: Grid) -> Paper:
    return Paper(
        title=_titled(campaign, title),
        issuer=campaign.announcement.organ.name,
        dated=today(),
        code=_code(campaign),
        blocks=(Text(said), grid),
    )


def _titled(campaign: Campaign, title: str) -> str:
    """What the paper is, after what is recruited: 2026年公开招聘警务辅助人员 + 面试入围人员名单."""
    return campaign.title.removesuffix("公告") + title


def _moment(at: object) -> str:
    return f"{timezone.localtime(at):%Y年%-m月%-d日%-H时%M分}" if at else BLANK  # type: ignore[arg-type]


def _code(campaign: Campaign) -> str:
    return f"招聘项目 {campaign.pk}"
