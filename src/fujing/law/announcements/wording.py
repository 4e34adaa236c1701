"""An announcement in the words that it is printed and shown in; what it doesn't state is not said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from fujing.kernel.numbers import bare
from fujing.law.announcements.offered import Offered, step_label
from fujing.law.announcements.procedure import LABELS
from fujing.law.education import EDUCATION_LABEL
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.formats.posts import BodyMass, Pool
from fujing.law.formats.stages import ByCategory, Gate, Item, Stage
from fujing.law.provisions import UnknownProvision, chinese_number, cite, measures

UNITS = {"working": "个工作日", "calendar": "个自然日"}
READINGS = {"completed_years": "到36周岁生日前一日为35周岁", "birthday_inclusive": "35周岁生日当日为最后一日"}
STANDARDS = {"police_2011": "2011年人民警察录用体能标准"}
COMBINE = {"mean": "平均", "sum": "相加"}
SHORT = {"cut_posts": "核减招聘名额", "open_if_competitive": "人数多于名额的仍开考", "cancel": "取消该岗位"}
ROUNDINGS = {
    "half_up": "四舍五入",
    "half_even": "四舍六入五成双",
    "half_down": "五舍六入",
    "up": "进一",
    "down": "舍去",
}


def number(value: Decimal | int) -> str:
    """A figure without needless zeros."""
    return bare(Decimal(value))


def people(conditions: Sequence[str]) -> str:
    """Whom a relaxation, bonus or priority is for."""
    return "、".join(CONDITIONS.get(each, each) for each in conditions)


def cutoff_words(announcement: Announcement) -> str:
    """The day on which ages are reckoned and how; empty if the announcement says neither."""
    said = []
    if announcement.cutoff == "registration_day":
        said.append("年龄计算到各人报名当日")
    elif announcement.cutoff:
        day = announcement.cutoff
        said.append(f"年龄计算到{day.year}年{day.month}月{day.day}日")
    if announcement.age_reading:
        said.append(READINGS[announcement.age_reading])
    return "，".join(said) + "。" if said else ""


def post_words(offer: Offered) -> list[tuple[str, str, str]]:
    """What a post asks for: matter, words and the provision that it stands on."""
    post, asks = offer.post, offer.post.conditions
    ages = [f"{offer.youngest}至{offer.oldest}周岁"]
    if offer.births:
        ages.append(f"即{offer.births[0]}至{offer.births[1]}出生（含当日）")
    ages += [f"{people(each.when)}放宽到{each.max}周岁" for each in (asks.age.relax if asks.age else ())]
    levels = [f"{offer.education}以上"]
    levels += [
        f"{people(each.when)}放宽到{EDUCATION_LABEL[each.min]}以上"
        for each in (asks.education.relax if asks.education else ())
    ]
    heights = asks.heights and (("男", asks.heights.male), ("女", asks.heights.female))
    said = [
        ("年龄", "，".join(ages), "18.3"),
        ("学历", "，".join(levels), "18.4"),
        ("性别", f"{offer.sex}（{post.sex_reason}）" if post.sex_reason else offer.sex, "18.6"),
        ("专业", "、".join(asks.majors), "18.6"),
        ("身高", "，".join(f"{sex}{number(value)}厘米以上" for sex, value in heights or () if value), "18.5"),
        ("裸眼视力", f"{number(asks.naked_vision)}以上" if asks.naked_vision else "", "18.5"),
        ("矫正视力", f"{number(asks.corrected_vision)}以上" if asks.corrected_vision else "", "18.5"),
        ("体重指数", _range(asks.bmi) if asks.bmi else "", "18.5"),
        ("户籍", "、".join(asks.household), "18.6"),
        ("证书", "、".join(asks.certificates).replace("|", "或者"), "18.6"),
        ("急需岗位", (post.scarce and post.scarce.reason) or "", "18.3"),
        ("定向招聘", _pool(post.pool) if post.pool else "", "18.6"),
        ("职责", "；".join(map(_duty, post.duties)), "9" if post.category == "civil" else "10"),
        ("工作依据", post.basis or "", "9.4" if post.category == "civil" else "10.10"),
    ]
    return [(label, words, provision) for label, words, provision in said if words]


def _range(bmi: BodyMass) -> str:
    """Both ends are inside."""
    low, high = (f"{number(end)}" if end is not None else "" for end in (bmi.min, bmi.max))
    return f"{low}至{high}" if low and high else f"不低于{low}" if low else f"不高于{high}" if high else ""


def _pool(pool: Pool) -> str:
    return f"只面向{people(pool.when)}" + (f"（{pool.reason}）" if pool.reason else "")


def _duty(duty: str) -> str:
    """In the catalogue's own words, with where they stand."""
    try:
        return f"{measures()[duty].text.rstrip('；。')}（{cite(duty)}）"
    except UnknownProvision:
        return duty


def stage_words(stage: Stage) -> str:
    """One step with everything that the announcement says of it."""
    return "，".join([step_label(stage), *_stage(stage)])


def _stage(stage: Stage) -> Iterator[str]:
    if stage.date:
        yield f"{stage.date.year}年{stage.date.month}月{stage.date.day}日"
    if stage.positions is not None:
        yield f"只用于{'、'.join(stage.positions)}岗位"
    if stage.admit:
        ties = "，末位同分先按同分排序" if stage.admit.ties == "tie_break" else "，末位同分一并进入"
        plus = f"另加{stage.admit.plus}人" if stage.admit.plus else ""
        yield f"按招聘人数的{number(stage.admit.ratio)}倍{plus}进入{ties}"
    if stage.papers:
        yield "分" + "、".join(f"{paper.name}（占{_share(paper.weight)}）" for paper in stage.papers)
    if stage.full:
        yield f"满分{number(stage.full)}分"
    if isinstance(stage.pass_line, ByCategory):
        lines = (("文职", stage.pass_line.civil), ("勤务", stage.pass_line.field))
        yield "合格线" + "、".join(f"{who}{number(line)}分" for who, line in lines if line is not None)
    elif stage.pass_line is not None:
        yield f"合格线{number(stage.pass_line)}分"
    if stage.pass_if_uncontested is not None:
        yield f"人数不多于招聘人数的，合格线{number(stage.pass_if_uncontested)}分"
    if stage.exempt:
        yield f"{people(stage.exempt)}免考"
    if stage.only_for:
        yield "只由末位同分人员参加"
    if stage.panel:
        dropped = "去掉一个最高分和一个最低分后" if stage.panel.drop else ""
        yield f"评委分{dropped}{COMBINE[stage.panel.combine]}"
    if stage.is_gate:
        yield "只分合格与不合格"
    if isinstance(stage.gate, Gate):
        yield from _gate(stage.gate)
    if stage.scored:
        items = "、".join(map(_item, stage.scored.items)) or "各项"
        yield f"{items}{COMBINE[stage.scored.combine]}计分"
        if stage.scored.item_floor is not None:
            yield f"任一项低于{number(stage.scored.item_floor)}分的不合格"
    if stage.weight:
        yield f"占总成绩{_share(stage.weight)}"
    if stage.days:
        days = f"{stage.days}{UNITS[stage.unit or 'working']}"
        yield f"{days}内可以申请复检" if stage.kind == "medical" else days


def _item(item: str | Item) -> str:
    if isinstance(item, str):
        return item
    return {"male": "男子", "female": "女子", None: ""}[item.sex] + item.name


def _gate(gate: Gate) -> Iterator[str]:
    if gate.standard:
        yield f"按{STANDARDS.get(gate.standard, gate.standard)}"
    if gate.items:
        yield "、".join(map(_item, gate.items))
    if gate.need is not None:
        yield "各项都要合格" if gate.need == "all" else f"{gate.need}项合格即可"
    if gate.item_floor is not None:
        yield f"任一项低于{number(gate.item_floor)}分的不合格"


def scoring_words(announcement: Announcement) -> list[str]:
    """How the applicants are ordered, one sentence a matter."""
    return list(_scoring(announcement))


def _scoring(announcement: Announcement) -> Iterator[str]:
    if opening := announcement.opening:
        yield f"开考比例为{number(opening.ratio)}比1，不足的{SHORT[opening.if_short]}。"
    for key, scores in announcement.scores_by_position.items():
        code, _, sex = key.partition(":")
        who = f"{code}岗位{ {'male': '男', 'female': '女'}.get(sex, '') }"
        said = [f"{LABELS[kind]}占{_share(weight)}" for kind, weight in scores.weights.items()]
        said += [f"{LABELS[kind]}合格线{number(line)}分" for kind, line in scores.pass_lines.items()]
        yield f"{who}：{'，'.join(said)}。"
    if (bonus := announcement.bonus) and bonus.points:
        points = "，".join(f"{people(each.when)}加{number(each.add)}分" for each in bonus.points)
        cap = f"，合计不超过{number(bonus.cap)}分" if bonus.cap is not None else ""
        on = "，加在笔试成绩上" if bonus.on == "written" else "，加在总成绩上" if bonus.on == "total" else ""
        yield f"{points}{cap}{on}。"
    if (bonus := announcement.bonus) and bonus.column:
        between = f"，限{number(bonus.range[0])}至{number(bonus.range[1])}分" if bonus.range else ""
        yield f"经核定的加分另行计入{between}。"
    if announcement.total_pass is not None:
        yield f"总成绩合格线{number(announcement.total_pass)}分。"
    if "rounding" in announcement.model_fields_set:
        rounding = announcement.rounding
        yield f"成绩保留{rounding.digits}位小数，{ROUNDINGS[rounding.mode]}。"
    if announcement.priority_groups:
        groups = "；".join(people(group) for group in announcement.priority_groups)
        yield f"同等条件下优先：{groups}。"
    if announcement.tie_break:
        yield f"同分的依次按{'、'.join(map(_key, announcement.tie_break))}排先后，仍相同的另定先后。"


def _key(key: str) -> str:
    if key == "priority":
        return "优先人员"
    if key in ("unrounded", "education"):
        return {"unrounded": "取整前的总成绩", "education": "学历"}[key]
    return key.partition(":")[2] or LABELS[key]


def terms_words(announcement: Announcement) -> list[str]:
    """What follows the ranking: reserve, refill and contract, one sentence a matter."""
    said = []
    if (reserve := announcement.reserve) and reserve.months is not None:
        said.append(f"递补名单有效期{reserve.months}个月。")
    if refill := announcement.refill:
        where = "、".join(LABELS[kind] for kind in refill.sources)
        said.append(
            "名额空缺的不递补。"
            if refill.times == 0
            else f"{where}空出的名额依次递补{'' if refill.times == 'unlimited' else f'，不超过{refill.times}轮'}。"
        )
    if contract := announcement.contract:
        if contract.signed_after == "trial":
            months = f"{number(contract.trial_months)}个月" if contract.trial_months else ""
            said.append(f"先试用{months}，再签劳动合同。")
        if contract.term_months:
            said.append(f"劳动合同期限{contract.term_months}个月。")
        if contract.probation_months:
            said.append(f"试用期{number(contract.probation_months)}个月，包含在合同期限内。")
    return said


def printed_words(announcement: Announcement) -> list[tuple[str, str]]:
    """What else is printed for applicants and the public, as it is printed: matter and words."""
    day, contacts = announcement.exam_day, announcement.contacts
    said = [
        ("考试时间", f"{day.year}年{day.month}月{day.day}日" if isinstance(day, date) else day or ""),
        ("报名材料", "；".join(announcement.papers)),
        ("工资待遇", announcement.pay or ""),
        ("工作地点", "；".join(announcement.workplaces)),
        ("咨询电话", "、".join(contacts.consultation) if contacts else ""),
        ("监督电话", "、".join(contacts.supervision) if contacts else ""),
        ("接听时间", (contacts and contacts.hours) or ""),
    ]
    return [(label, words) for label, words in said if words]


def grounds_words() -> list[str]:
    """The nine grounds of Article 20 in its own words, each with its number."""
    known = measures()
    return [f"（{chinese_number(each.item or 0)}）{each.text.rstrip('；。')}" for each in known.items_of(known["20"])]


def _share(weight: Decimal | Fraction) -> str:
    """A weight in per cent; one that no decimal gives exactly stays the fraction that was written."""
    return str(weight) if isinstance(weight, Fraction) else f"{number(weight * 100)}%"
