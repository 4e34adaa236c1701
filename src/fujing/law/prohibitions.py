"""Work that auxiliaries may never do (第十三条), recognised in names of posts and texts of duties."""

from __future__ import annotations

import re
from dataclasses import dataclass

GAP = r"[^，。；;,！？\n]{0,8}?"
ASSISTING = re.compile(r"协助|配合|辅助|协同")
NEGATING = re.compile(
    r"严禁|禁止|无需|无须|不得|不能|不可|不准|不许|不允许|不从事|不承担|不参与|不负责|不涉及|不涉|不含|不包括|不包含"
    r"|不接触|不办理|不独立|不单独|不保管|不携带|不使用|不作出|不出具|不执行|不审核"
)
EXCEPTED = re.compile(r"除[^，。；;,]*?(?:以外|之外|外)的?")
CLAUSE = re.compile(r"[，。；;,！？\n]")


@dataclass(frozen=True, slots=True)
class Prohibition:
    """One item of Article 13 with the words that give it away.

    `assisting_is_lawful`: the item bans deciding or executing, so helping an officer isn't banned.
    """

    provision: str
    pattern: re.Pattern[str]
    assisting_is_lawful: bool = False


PROHIBITIONS = (
    Prohibition(
        "13.1", re.compile(r"政治安全保卫|政治保卫|政保|(?<![中全我各外])国保(?!险|障)|技术侦察|技侦|反邪教|反恐")
    ),
    Prohibition(
        "13.2",
        re.compile(
            r"(?<!保守)(?<!严守)(?<!泄露)(?<!保护)国家秘密|(?<!非)涉密|机要(?:文件|文书|档案|室|通信|工作|保密|员|岗)"
        ),
    ),
    Prohibition(
        "13.3",
        re.compile(
            rf"(?:独立|单独|自行){GAP}(?:调查|取证|侦查|询问|办案|办理案件|办理[^，。；]{{0,4}}案件)|(?:主办|承办)[^，。；]{{0,4}}案件"
        ),
    ),
    Prohibition(
        "13.4",
        re.compile(rf"(?:出具|作出|制作|签发){GAP}(?:鉴定(?:报告|意见|书)|责任认定|事故认定)|事故(?:责任)?认定(?!书)"),
    ),
    Prohibition(
        "13.5",
        re.compile(rf"(?:执行|实施|采取){GAP}(?:刑事强制措施|拘留|逮捕|拘传|取保候审|监视居住)|刑事强制措施"),
        assisting_is_lawful=True,
    ),
    Prohibition(
        "13.6",
        re.compile(
            rf"作出{GAP}(?:处理|处罚|许可|强制)决定|行政(?:处罚|处理|许可)(?:决定(?!书)|裁决)|开具(?:罚单|[^，。；]{{0,4}}处罚决定书)|(?:实施|当场|给予)(?:行政)?处罚|处以罚款"
        ),
        assisting_is_lawful=True,
    ),
    Prohibition(
        "13.7",
        re.compile(r"审核[^，。；]{0,4}案件|案件(?:的)?(?:法制)?(?:审核|审批)|法制审核|审批[^，。；]{0,4}案件"),
        assisting_is_lawful=True,
    ),
    Prohibition(
        "13.8",
        re.compile(
            rf"(?:保管|携带|使用|佩带|佩戴|配备|管理){GAP}(?:武器|枪支|枪械|枪弹|弹药)"
            rf"|(?:武器|枪支|枪械|枪弹|弹药){GAP}(?:保管|携带|使用|佩带|佩戴|看管|看守)|枪库|枪弹库|武器库|持枪|配枪|佩枪"
        ),
    ),
    Prohibition(
        "13.9",
        re.compile(r"(?:独立|单独|自行)(?:执法|出警|处警|接处警|执勤执法)|讯问(?!笔录)|执行死刑|行使(?:人民)?警察职权"),
        assisting_is_lawful=True,
    ),
)


@dataclass(frozen=True, slots=True)
class ProhibitedWork:
    """A passage that names prohibited work."""

    provision: str
    words: str


def prohibited_work(text: str) -> list[ProhibitedWork]:
    """Passages of a text that name work under Article 13, at most one per item.

    A negated mention (不得携带武器) or an exception (除武器和警械外) names nothing prohibited.
    """
    clauses = CLAUSE.split(EXCEPTED.sub("", text))
    found: dict[str, ProhibitedWork] = {}
    for prohibition in PROHIBITIONS:
        for clause in clauses:
            match = prohibition.pattern.search(clause)
            if match is None or NEGATING.search(clause, 0, match.end()):
                continue
            if prohibition.assisting_is_lawful and ASSISTING.search(clause, 0, match.start()):
                continue
            found.setdefault(prohibition.provision, ProhibitedWork(prohibition.provision, match.group()))
    return list(found.values())
