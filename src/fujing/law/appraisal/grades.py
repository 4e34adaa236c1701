"""Grades as rosters, tier schemes and pay schemes name them. A word that is none of these means nothing here."""

from __future__ import annotations

from dataclasses import dataclass

OUTSTANDING, EXCELLENT = "特别优秀", "优秀"
BEST = (OUTSTANDING, EXCELLENT)
"""Whose people are listed for special recruitment (Article 38)."""
FAIR = ("良好", "称职", "合格")
UNFIT = ("不称职", "不合格", "不胜任")
POOR = (*UNFIT, "基本称职", "基本合格")
"""Results after which training or another post comes first (32.2)."""
USUAL = (EXCELLENT, "合格", "基本合格", "不合格")
"""What a roster's drop-down offers and a scheme begins with, from the best to the lowest."""
KNOWN = (*BEST, *FAIR, *POOR)


@dataclass(frozen=True, slots=True)
class Follow:
    """What follows from a grade, by which provision; `sure` is False where nobody can tell from the grade alone."""

    matter: str
    provision: str
    words: str
    sure: bool = True


def follows(grade: str, *, annual: bool) -> tuple[Follow, ...]:
    """What follows from a final grade, in the order of the Measures. Without a grade nothing does."""
    if not grade:
        return (Follow("等次", "25", "没有等次，不能作为层级、薪酬和合同的依据", sure=False),)
    if grade not in KNOWN:
        return (Follow("等次", "25", f"“{grade}”在层级和薪酬方案中指什么，待核实", sure=False),)
    tier = (
        f"年度考核{grade}，是否计入晋升年限按本地层级方案；导出后用于层级晋升批次"
        if annual
        else "层级晋升看年度考核，平时考核是年度考核的依据"
    )
    found = [
        Follow("层级", "23.p1", tier, sure=False),
        Follow("薪酬", "33", "薪酬方案有考核系数的，按上年度考核等次计发绩效工资", sure=False),
        Follow(
            "合同续订", "39", f"合同期满是否续订，以考核结果为主要依据；考核{grade}不免除应当订立无固定期限合同的情形"
        ),
    ]
    if grade in POOR:
        found.append(
            Follow(
                "培训或者调整岗位",
                "32.2",
                "先培训或者调整工作岗位，再作考核；再次认定不能胜任的才可以解除，一次考核不能作为解除的依据"
                if grade in UNFIT
                else "安排培训或者调整工作岗位；是否不能胜任工作，另作认定",
                sure=grade in UNFIT,
            )
        )
    if grade in BEST and annual:
        found.append(Follow("专项招录名单", "38", f"列入{grade}警务辅助人员名单"))
    return tuple(found)
