"""The ways in which employment ends and the evidence that each asks for: Article 32, Labour Contract Law 36 to 44.

The table is read by the service, by the page that says what is lacking, and by the database's own trigger.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from fujing.law.contracts import PROTECTED


class By(StrEnum):
    """Who ends the employment."""

    PERSON = "本人提出"
    BOTH = "双方协商"
    BUREAU = "单位解除"
    LAW = "依法终止"


class Step(StrEnum):
    """Before which step something has to be there."""

    CHECK = "check"
    NOTIFY = "notify"


class Piece(NamedTuple):
    """One kind of evidence: what it shows, and what is to be written where no paper is attached."""

    label: str
    without_paper: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One piece of evidence that a way asks for: any one of `kinds`.

    `after`: it isn't older than what the need before it was met by. `placement`: only where Article 37 asks for help.
    """

    kinds: tuple[str, ...]
    statute: str
    after: bool = False
    step: Step = Step.CHECK
    placement: bool = False

    @property
    def label(self) -> str:
        """What is asked for, its alternatives joined."""
        return "，或者".join(PIECES[kind].label for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of ending. `provision` is of the Measures, `statute` the article behind it.

    `notice`: whose days of notice run (a key of `leaving.notice`). `severance`: whether it is owed, None where it
    depends on who proposed it or on the statute. `mark`: whether 20.7 bars from being hired again, None where a named
    person decides. `health`: whether it is for reasons of age or health, None where that is asked.
    """

    label: str
    by: By
    provision: str
    statute: str
    own: tuple[Need, ...]
    protected: bool = False
    notice: str = ""
    severance: bool | None = False
    mark: bool | None = False
    health: bool | None = False

    @property
    def needs(self) -> tuple[Need, ...]:
        """Everything that it asks for, in the order in which a file is built."""
        found = self.own
        if self.protected:
            found += tuple(Need((f"none_{key}",), P42) for key in PROTECTED)
        if self.by is By.BUREAU:
            found += UNION
        if self.health is not False:
            found += PLACEMENT
        return (*found, SERVED) if self.by is By.BUREAU else found


P36, P37, P38 = "劳动合同法第三十六条", "劳动合同法第三十七条", "劳动合同法第三十八条"
P39 = "劳动合同法第三十九条第（{}）项"
P40 = "劳动合同法第四十条第（{}）项"
P42, P43, P44 = "劳动合同法第四十二条", "劳动合同法第四十三条", "劳动合同法第四十四条第（{}）项"
RULES = "劳动合同法第四条第四款"
HEARING = "办法第二十条第（七）项、第三十二条"

PIECES: dict[str, Piece] = {
    "letter": Piece("本人书面解除通知"),
    "bureau_fault": Piece("单位未及时足额支付报酬、未依法缴纳社会保险费等过错的材料"),
    "agreement": Piece("双方签订的解除协议"),
    "death": Piece("死亡证明或者宣告死亡、失踪的判决"),
    "retirement": Piece("退休审批或者开始依法享受基本养老保险待遇的材料"),
    "condition": Piece("已告知本人的录用条件"),
    "unmet": Piece("不符合该录用条件的考核或者证明"),
    "reasons_told": Piece("试用期满前向本人说明理由的材料"),
    "incompetent": Piece("不能胜任工作的考核结论"),
    "trained": Piece("认定不能胜任后的培训记录"),
    "post_change": Piece("认定不能胜任后的调岗通知"),
    "incompetent_again": Piece("培训或者调岗后仍不能胜任的考核结论"),
    "rule": Piece("违反的法律规定或者规章制度"),
    "rule_known": Piece("该制度已向本人公示或者告知的材料"),
    "breach": Piece("违法违纪或者严重违反规章制度的事实材料"),
    "absence": Piece("擅自离岗的考勤和查找记录"),
    "recalled": Piece("限期返岗通知及送达材料"),
    "statement": Piece("告知事实、理由和第二十条第（七）项后果后，本人的陈述和申辩"),
    "statement_refused": Piece("两名工作人员签名的本人拒绝陈述记录"),
    "dereliction": Piece("严重失职的事实材料"),
    "damage": Piece("重大损害的金额或者不良影响的证明"),
    "judgment": Piece("追究刑事责任的判决书"),
    "effective": Piece("判决已生效的证明"),
    "second_job": Piece("与其他用人单位建立劳动关系的材料"),
    "second_job_harms": Piece("对完成本单位工作任务造成严重影响的材料"),
    "second_job_kept": Piece("单位提出后拒不改正的材料"),
    "fraud": Piece("以欺诈、胁迫、乘人之危订立合同的材料"),
    "fraud_decisive": Piece("不知实情不会订立该合同的说明"),
    "medical_period": Piece("医疗期已满的材料"),
    "unfit": Piece("医疗期满后不能从事原工作的鉴定或者证明"),
    "other_work": Piece("另行安排的工作也不能从事的材料"),
    "change": Piece("客观情况发生重大变化、合同无法履行的材料"),
    "no_agreement": Piece("就变更合同内容协商未达成协议的记录"),
    "statute": Piece("所依据的法律、法规条文"),
    "statute_fact": Piece("符合该条文的事实材料"),
    "union_told": Piece("事先将理由通知工会的材料"),
    "union_agrees": Piece("工会没有不同意见的答复"),
    "union_silent": Piece("工会逾期未答复的记录"),
    "union_weighed": Piece("工会的意见和单位研究后的书面答复"),
    "placement_offered": Piece("转岗就业帮助的内容", "写明向本人提供了什么岗位或者帮助。"),
    "placement_answered": Piece("本人对转岗就业帮助的答复", "写明本人接受、不接受或者没有答复。"),
    "served": Piece("解除通知送达本人的材料"),
    "served_otherwise": Piece("本人拒收，留置、邮寄或者公告送达的材料"),
    "answer": Piece("本人对第二十条第（七）项标记的意见"),
    **{f"none_{key}": Piece(f"已核实没有：{words}", "写明核实的依据。") for key, words in PROTECTED.items()},
}
LATER = frozenset({"served", "served_otherwise", "answer"})
"""What is recorded after the decision; everything else stands before it is checked and stays as it then was."""

HEARD = Need(("statement", "statement_refused"), HEARING, after=True)
"""Nobody is barred from being hired again (20.7) without having been heard on it."""
UNION = (Need(("union_told",), P43), Need(("union_agrees", "union_silent", "union_weighed"), P43, after=True))
PLACEMENT = (
    Need(("placement_offered",), "办法第三十七条", placement=True),
    Need(("placement_answered",), "办法第三十七条", after=True, placement=True),
)
SERVED = Need(("served", "served_otherwise"), "劳动合同法第五十条", step=Step.NOTIFY)


def _asked(statute: str, *kinds: str | tuple[str, ...]) -> tuple[Need, ...]:
    """Needs of one statute, in no order of days."""
    return tuple(Need((kind,) if isinstance(kind, str) else kind, statute) for kind in kinds)


WAYS: dict[str, Way] = {
    "resigned": Way("本人提前通知解除", By.PERSON, "39", P37, _asked(P37, "letter"), notice="person"),
    "resigned_fault": Way(
        "本人因单位过错解除", By.PERSON, "39", P38, _asked(P38, "letter", "bureau_fault"), severance=True
    ),
    "agreed": Way("协商一致解除", By.BOTH, "39", P36, _asked(P36, "agreement"), severance=None, health=None),
    "died": Way("死亡、宣告死亡或者失踪", By.LAW, "39", P44.format("三"), _asked(P44.format("三"), "death")),
    "retired": Way("退休", By.LAW, "39", P44.format("二"), _asked(P44.format("二"), "retirement")),
    "probation": Way(
        "试用期内不符合录用条件",
        By.BUREAU,
        "32.1",
        P39.format("一"),
        (*_asked(P39.format("一"), "condition", "unmet"), Need(("reasons_told",), "劳动合同法第二十一条", after=True)),
    ),
    "incompetent": Way(
        "不能胜任，经培训或者调岗仍不能胜任",
        By.BUREAU,
        "32.2",
        P40.format("二"),
        (
            Need(("incompetent",), P40.format("二")),
            Need(("trained", "post_change"), P40.format("二"), after=True),
            Need(("incompetent_again",), P40.format("二"), after=True),
        ),
        protected=True,
        notice="bureau",
        severance=True,
        health=None,
    ),
    "breach": Way(
        "违法违纪或者严重违反规章制度",
        By.BUREAU,
        "32.3",
        P39.format("二"),
        (*_asked(RULES, "rule", "rule_known"), *_asked(P39.format("二"), "breach"), HEARD),
        mark=True,
    ),
    "absent": Way(
        "擅自离职",
        By.BUREAU,
        "32.3",
        P39.format("二"),
        (*_asked(RULES, "rule", "rule_known"), *_asked(P39.format("二"), "absence", "recalled"), HEARD),
        mark=True,
    ),
    "dereliction": Way(
        "严重失职造成重大损害或者不良影响",
        By.BUREAU,
        "32.4",
        P39.format("三"),
        (*_asked(P39.format("三"), "dereliction", "damage"), HEARD),
        mark=None,
    ),
    "convicted": Way(
        "被依法追究刑事责任",
        By.BUREAU,
        "32.5",
        P39.format("六"),
        (*_asked(P39.format("六"), "judgment"), Need(("effective",), P39.format("六"), after=True), HEARD),
        mark=None,
    ),
    "second_job": Way(
        "同时与其他单位建立劳动关系",
        By.BUREAU,
        "32.6",
        P39.format("四"),
        (*_asked(P39.format("四"), "second_job", ("second_job_harms", "second_job_kept")), HEARD),
        mark=None,
    ),
    "fraud": Way(
        "以欺诈等手段订立合同致合同无效",
        By.BUREAU,
        "32.6",
        P39.format("五"),
        (*_asked(P39.format("五"), "fraud", "fraud_decisive"), HEARD),
        mark=None,
    ),
    "illness": Way(
        "医疗期满不能从事原工作和另行安排的工作",
        By.BUREAU,
        "32.6",
        P40.format("一"),
        _asked(P40.format("一"), "medical_period", "unfit", "other_work"),
        protected=True,
        notice="bureau",
        severance=True,
        health=True,
    ),
    "change": Way(
        "客观情况重大变化，协商变更不成",
        By.BUREAU,
        "32.6",
        P40.format("三"),
        (*_asked(P40.format("三"), "change"), Need(("no_agreement",), P40.format("三"), after=True)),
        protected=True,
        notice="bureau",
        severance=True,
    ),
    # Which article it is stands in the file: what that asks besides isn't known, so everything that could be is asked.
    "statute": Way(
        "法律、法规规定的其他情形",
        By.BUREAU,
        "32.6",
        "",
        (*_asked("办法第三十二条第（六）项", "statute", "statute_fact"), HEARD),
        protected=True,
        notice="bureau",
        severance=None,
        mark=None,
        health=None,
    ),
}
BY_PERSON = tuple(way for way, found in WAYS.items() if found.by is By.PERSON)
"""What a person ends by a written notice of their own."""
WITH_DAMAGE = ("dereliction",)
"""Where the damage is told: its amount or what it was."""
WITH_STATUTE = ("statute",)
"""Where the statute is named."""
IN_PROBATION = ("probation",)
"""What ends employment only before probation is over."""


class Proof(NamedTuple):
    """What is there: its kind, and the day that it is from."""

    kind: str
    on: date


def lacking(way: str, proofs: Iterable[Proof], *, step: Step, placement: bool | None) -> list[Need]:
    """What is missing before a step; `placement` says whether Article 37 asks for help, None (unknown) asks too."""
    there = list(proofs)
    missing: list[Need] = []
    reached = date.min
    for need in WAYS[way].needs:
        if need.step is not step or (need.placement and placement is False):
            continue
        days = [each.on for each in there if each.kind in need.kinds and (not need.after or each.on >= reached)]
        if days:
            reached = min(days)
        else:
            missing.append(need)
    return missing


def kinds_of(way: str, *, later: bool) -> list[str]:
    """Kinds of evidence that a way takes, those after the decision or those before it."""
    kinds = [kind for need in WAYS[way].needs for kind in need.kinds]
    if WAYS[way].mark is not False:
        kinds.append("answer")
    return [kind for kind in kinds if (kind in LATER) is later]


def exit_kind(way: str, marked: bool) -> str:
    """What the employment's end is called for those who look it up (20.7)."""
    return "left_without_leave" if way == "absent" else "dismissed" if marked else way


CLEARANCE = {
    "card": "工作证",
    "uniform": "服装",
    "insignia": "标识",
    "equipment": "装备",
    "documents": "文件资料和工作账号",
}
"""What everybody who leaves hands back or has explained (Article 26 and what the bureau issued besides)."""
