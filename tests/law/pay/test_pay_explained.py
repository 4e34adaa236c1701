"""One slip explained whole, reckoned by hand: every figure in its order, with its formula and provision.

January: gross 3490; after contributions (800) and the minimum wage (2200), 490 of the 1000 is taken and 510 carried.
February: a day's pay is 3400 ÷ 21.75 = 156.32; 8 hours' worth of it at 2000 ÷ 21.75 ÷ 8 for six hours is 68.97.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fujing.law.pay.explanation import NoSlip, explain
from tests.law.pay.test_pay_cases import BASE
from tests.law.pay.tools import read, written

PERSON = BASE["person"] | {"special_deductions": "1000"}
MONTHS = [
    {"id": "P1", "month": "2026-01", "night_shifts": "3", "recovery_due": "1000"},
    {
        "id": "P1",
        "month": "2026-02",
        "night_shifts": "3",
        "overtime_weekday": "2",
        "overtime_holiday": "1",
        "personal_leave_days": "1",
        "sick_leave_days": "0.5",
        "back_pay": "-20.5",
    },
]
FEBRUARY = [
    ("share", "在职比例", None, "33", "28 ÷ 28"),
    ("base", "基本工资", "1800.00", "33", "1800 × 1"),
    ("tier", "层级工资", "200.00", "33", "200 × 1"),
    ("post", "岗位工资", "600.00", "33", "600 × 1"),
    ("seniority", "工龄工资", "0.00", "33", "50 × 0 × 1"),
    ("performance", "绩效工资", "800.00", "33", "800 × 1 × 1"),
    ("night", "夜班津贴", "90.00", "33", "30 × 3"),
    ("overtime", "加班工资", "68.97", "33", "(1800 + 200) ÷ 21.75 ÷ 8 × (1.5 × 2 + 2 × 0 + 3 × 1)"),
    ("year_end", "年终奖励", "0.00", "33", "3000 × 0"),
    ("daily", "日工资", None, "33", "(1800 + 200 + 600 + 50 × 0 + 800 × 1) ÷ 21.75"),
    ("personal_leave", "事假扣款", "-156.32", "36", "-（1 × 13600/87，不高于 1800 + 200 + 600 + 0 + 800）"),
    ("sick_leave", "病假扣款", "-31.26", "36", "-（0.5 × 13600/87 × (1 - 0.6)，不高于 1800 + 200 + 600 + 0 + 800 + -156.32）"),
    ("back_pay", "补发（扣回）", "-20.50", "33", "-20.5"),
    ("gross", "应发工资", "3350.89", "33", "1800 + 200 + 600 + 0 + 800 + 90 + 68.97 + 0 + -156.32 + -31.26 + -20.5"),
    ("pension.clamped", "养老保险基数（上下限以内）", None, "34", "（（5000，不低于 4246.8），不高于 21234）"),
    ("pension.person", "养老保险（个人）", "400.00", "34", "5000 × 0.08"),
    ("pension.employer", "养老保险（单位）", "800.00", "34", "5000 × 0.16"),
    ("pension.base", "养老保险基数", "5000.00", "34", "5000"),
    ("housing.clamped", "住房公积金基数（上下限以内）", None, "34", "（（5000，不低于 2100），不高于 27000）"),
    ("housing.person", "住房公积金（个人）", "400.00", "34", "5000 × 0.08"),
    ("housing.employer", "住房公积金（单位）", "400.00", "34", "5000 × 0.08"),
    ("housing.base", "住房公积金基数", "5000.00", "34", "5000"),
    ("taxable", "累计应纳税所得额", "0.00", "33", "（3490 + 3350.89 - 5000 × 2 - (800 + 400 + 400) - (1000 + 1000)，不低于 0）"),
    ("tax_due", "累计应预扣税额（个人所得税预扣率表一（国家税务总局公告2018年第61号））", "0.00", "33", "0 × 0.03 - 0"),
    ("tax", "本月预扣个人所得税", "0.00", "33", "（0 - 0，不低于 0）"),
    ("recovery", "本月扣回追偿", "350.89", "42.p2", "（（（0 + 510，不高于 3350.89 × 0.2），不高于 3350.89 - (400 + 400) - 0 - 2200），不低于 0）"),
    ("carried", "结转下月的追偿", "159.11", "42.p2", "0 + 510 - 350.89"),
    ("net", "实发工资", "2200.00", "33", "3350.89 - (400 + 400) - 0 - 350.89"),
    ("cost", "用人成本", "4550.89", "34", "3350.89 + 800 + 400"),
]  # fmt: skip


def test_every_figure_of_a_slip_is_told_in_its_order(tmp_path: Path) -> None:
    scheme, files = read(written(tmp_path, BASE["scheme"], [PERSON], MONTHS))
    told = explain(scheme, files, "P1", date(2026, 2, 1))
    keys = ("code", "name", "amount", "provision", "formula")
    assert [tuple(figure.get(key) for key in keys) for figure in told["figures"]] == FEBRUARY
    assert {key: told[key] for key in told if key != "figures"} == {
        "subject": "P1",
        "month": "2026-02",
        "outcome": "computed",
    }


def test_what_is_missing_is_told_instead_of_figures(tmp_path: Path) -> None:
    person = PERSON | {"appraisal": None, "tier": "八级", "hired_on": None}
    scheme, files = read(written(tmp_path, BASE["scheme"], [person], []))
    assert explain(scheme, files, "P1", date(2026, 2, 1)) == {
        "subject": "P1",
        "month": "2026-02",
        "outcome": "undetermined",
        "missing": ["tier", "hired_on", "appraisal"],
        "figures": [],
    }


@pytest.mark.parametrize(
    ("subject", "said"), [("P9", "人员表中没有编号 P9"), ("P1", "编号 P1 在2026-02不在职，没有工资单")]
)
def test_who_has_no_slip_is_told_why(tmp_path: Path, subject: str, said: str) -> None:
    scheme, files = read(written(tmp_path, BASE["scheme"], [PERSON | {"hired_on": "2026-03-01"}], []))
    with pytest.raises(NoSlip, match=f"^{said}$"):
        explain(scheme, files, subject, date(2026, 2, 1))
