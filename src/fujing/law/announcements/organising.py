"""Who recruits, alone, with whom and through whom (第十七条、第二十二条)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.law.announcements.organ import division_of, doubts_about
from fujing.law.bodies import dispatches_labour, human_resources_of, police_unit, sells_services
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement, Organiser
from fujing.law.provisions import cite

# Also conditions of the database, so only what Python and PostgreSQL read alike; the law's own reading is `bodies`.
POLICE_BODY = (
    "派出所|警务室|公安(局|厅|分局).*(科|处|室|部|队)$"
    "|(刑侦|治安|交警|交通警察|巡警|特警|巡特警|禁毒|网安|经侦)(总队|支队|大队|中队)"
)
LABOUR_DISPATCH = "劳务派遣|劳动派遣"


def organiser(announcement: Announcement) -> Iterator[Finding]:
    """县级以上公安机关单独或者与同级人社部门共同组织；内设机构、派出机构不得自行聘用."""
    unit = _unit(announcement)
    if unit is not None:
        yield unit
        return
    arranged = announcement.organiser
    yield _arrangement(announcement, arranged)
    if arranged is None:
        return
    if arranged.mode == "entrusted":
        yield from _entrusted(arranged)
    elif arranged.signs == "entrusted":
        yield _finding(
            "22", Outcome.UNDETERMINED, "写明劳动合同由受委托的机构签订，却没有委托办理", "写明谁签订劳动合同"
        )


def _unit(announcement: Announcement) -> Finding | None:
    """A section, station or the like recruits, whatever its `level` says; or it can't be told whether one does."""
    organ = announcement.organ
    level = {"internal": "内设机构", "dispatched": "派出机构"}.get(organ.level)
    police = organ.kind == "public_security"
    named = police_unit(organ.name) if police else False
    facts: dict[str, object] = {"name": organ.name, "level": organ.level, "code": organ.code}
    remedy = f"由所属的县级以上{'公安机关' if police else '司法行政机关'}发布公告并聘用"
    if level or named:
        claimed = "" if level else "，公告却写作县级以上公安机关"
        what = level or "公安机关的内设机构或者派出机构"
        message = f"{organ.name}是{what}{claimed}，不得自行聘用警务辅助人员"
        return _finding("17.p2", Outcome.VIOLATED, message + _by_reference(announcement), remedy, "organ", facts)
    within = police and organ.code is not None and not organ.code.endswith("000000")
    if named is None or within:
        why = f"机关代码{organ.code}是内设机构或者派出机构的代码" if within else "名称看不出是哪一级人民政府的公安机关"
        message = f"{organ.name}：{why}，内设机构、派出机构不得自行聘用"
        return _finding("17.p2", Outcome.UNDETERMINED, message, "写明招聘机关的全称和代码", "organ", facts)
    return None


def _arrangement(announcement: Announcement, arranged: Organiser | None) -> Finding:
    organ = announcement.organ
    facts: dict[str, object] = {"level": organ.level, "mode": arranged.mode if arranged else None}
    doubt = doubts_about(organ)
    outcome, remedy, message = Outcome.UNDETERMINED, "", ""
    if arranged is None:
        remedy = "写明单独组织，或者与同级人力资源社会保障部门共同组织"
        message = "公告未写由谁组织招聘，无法判断"
    elif arranged.mode == "entrusted":
        outcome, remedy = Outcome.ADVICE, "写明组织实施的公安机关和劳动合同的签订方"
        signs = {"organ": "招聘机关", "entrusted": "受托机构", None: "未写明的一方"}[arranged.signs]
        message = (
            f"委托{arranged.partner or '其他机构'}办理，劳动合同由{signs}签订；"
            "组织实施的责任仍在招聘机关，请核对由谁组织、由谁签合同"
        )
    elif arranged.mode == "joint_hrss" and arranged.partner is not None:
        answer = human_resources_of(arranged.partner, division_of(organ))
        facts["partner"] = arranged.partner
        message = f"共同组织的单位写作“{arranged.partner}”，{answer.read}"
        if answer.holds is False:
            message += "，应为同级人力资源社会保障部门"
            outcome, remedy = Outcome.VIOLATED, "改为与同级人力资源社会保障部门共同组织，或者单独组织"
        elif answer.holds is None:
            remedy = "写明同级人力资源社会保障部门的全称"
        else:
            outcome, message = (
                Outcome.SATISFIED,
                f"{organ.name}{_standing(announcement)}，与{arranged.partner}共同组织招聘",
            )
    elif arranged.mode == "alone" and arranged.partner is not None:
        message, remedy = f"写明单独组织，又写了“{arranged.partner}”", "写明是单独组织还是共同组织"
    else:
        outcome = Outcome.SATISFIED
        with_whom = "单独" if arranged.mode == "alone" else "与同级人力资源社会保障部门共同"
        message = f"{organ.name}{_standing(announcement)}，{with_whom}组织招聘"
    if outcome is Outcome.SATISFIED and doubt:
        outcome, message, remedy = Outcome.UNDETERMINED, doubt, "核对招聘机关的名称、级别和代码"
    return _finding("17.p1", outcome, message + _by_reference(announcement), remedy, "organiser", facts)


def _standing(announcement: Announcement) -> str:
    return f"为县级以上{'公安机关' if announcement.organ.kind == 'public_security' else '司法行政机关'}"


def _by_reference(announcement: Announcement) -> str:
    """Every finding on who recruits says that a judicial organ only follows the Measures (第四十五条第一款)."""
    police = announcement.organ.kind == "public_security"
    return "" if police else f"；{announcement.organ.name}是司法行政机关，参照{cite('45.p1')}执行"


def _entrusted(arranged: Organiser) -> Iterator[Finding]:
    """受公安机关委托的机构可以签订劳动合同；内设机构、派出机构不得聘用，劳务派遣单位签的是派遣合同."""
    institution, signs = arranged.partner, arranged.signs
    facts: dict[str, object] = {"institution": institution, "signs": signs}
    if institution is None:
        if signs == "entrusted":
            yield _finding("22", Outcome.UNDETERMINED, "劳动合同由受托机构签订，未写是哪个机构", "写明受托机构的全称")
        return
    unit = police_unit(institution)
    if unit is not False:
        what = "是公安机关内设机构或者派出机构" if unit else "看不出是否为公安机关内设机构或者派出机构"
        message = f"受委托的{institution}{what}，内设机构、派出机构不得自行聘用警务辅助人员"
        outcome = Outcome.VIOLATED if unit else Outcome.UNDETERMINED
        yield _finding("17.p2", outcome, message, "由公安机关聘用，或者改委托其他机构", "entrusted_body", facts)
    remedy = "由公安机关签订劳动合同，或者改委托依法可以受托的机构"
    if signs == "organ":
        return
    if dispatches_labour(institution):
        message = f"{institution}是劳务派遣单位，签订的是派遣合同，不能受委托签订劳动合同"
        yield _finding("22", Outcome.VIOLATED, message, remedy, "entrusted_body", facts)
    elif sells_services(institution):
        message = f"{institution}经营外包或者保安服务，签订的是劳动合同还是服务合同，从名称看不出"
        yield _finding("22", Outcome.UNDETERMINED, message, remedy, "entrusted_body", facts)


def _finding(
    provision: str,
    outcome: Outcome,
    message: str,
    remedy: str,
    rule: str = "entrusted_body",
    facts: dict[str, object] | None = None,
) -> Finding:
    return Finding(
        provision=provision,
        rule=f"announcement.{rule}",
        outcome=outcome,
        message=f"{message}（{cite(provision)}）",
        facts=facts or {},
        remedy=remedy or None,
    )
