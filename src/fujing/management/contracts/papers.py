"""The papers of labour contracts. What isn't stored is a blank to be filled in by hand, never a guess."""

from __future__ import annotations

from datetime import date, timedelta

from fujing.kernel.papers import Grid, Heading, Paper, Text, chinese_date
from fujing.recruitment.hiring.papers import BLANK
from fujing.registry.models import Contract


def labour_contract(contract: Contract) -> Paper:
    """劳动合同 with the stored term and probation; place, hours and pay are blanks. The bureau's lawyers confirm the text."""
    person, starts = contract.engagement.person, contract.span.lower
    ends: date | None = contract.span.upper
    term = (
        f"固定期限，自{chinese_date(starts)}起至{chinese_date(ends - timedelta(days=1))}止，共{contract.term_months}个月"
        if ends
        else f"无固定期限，自{chinese_date(starts)}起"
    )
    probation = (
        f"试用期{contract.probation_months}个月，至{chinese_date(contract.probation_last_day)}止，包含在合同期限内"
        if contract.probation_months and contract.probation_until
        else "不约定试用期"
    )
    clauses = (
        ("一、合同期限（劳动合同法第十七条、第十九条）", f"{term}。{probation}。"),
        (
            "二、工作内容和工作地点",
            f"岗位类别：{contract.engagement.get_category_display()}。岗位：{BLANK}。工作地点：{BLANK}。",
        ),
        ("三、工作时间和休息休假", f"工时制度：{BLANK}。休息休假按国家和省有关规定执行。"),
        ("四、劳动报酬", f"工资标准：{BLANK}元/月，支付日：每月＿＿日。"),
        ("五、社会保险", "甲方依法为乙方办理社会保险（办法第三十四条）。"),
        ("六、劳动保护和职业危害防护", "甲方配备必要的执勤和安全防护装备（办法第二十七条）。"),
        ("七、双方约定的其他事项", BLANK * 6),
    )
    return Paper(
        title="劳动合同",
        code=f"劳动合同 {contract.number}",
        blocks=(
            Text(f"合同编号：{contract.number}"),
            Text(f"甲方：{contract.signer}"),
            Text(f"乙方：{person.name}，公民身份号码：{BLANK * 3}"),
            *(block for heading, text in clauses for block in (Heading(heading), Text(text))),
            Grid(
                ("", "甲方（盖章）", "乙方（签名）"),
                (
                    ("签章", "\n\n", ""),
                    ("签订日期", chinese_date(contract.signed_on), chinese_date(contract.signed_on)),
                ),
                (3, 6, 6),
            ),
            Text("空白处由双方约定，签订前由法制部门审核。"),
        ),
    )


def probation_form(contract: Contract) -> Paper:
    """试用期考核表: what is known of the contract, and blanks for what the responsible officer found."""
    person = contract.engagement.person
    last = chinese_date(contract.probation_last_day) if contract.probation_last_day else BLANK
    return Paper(
        title="试用期考核表",
        code=f"试用期 {contract.number}",
        blocks=(
            Text(f"姓名：{person.name}　　合同编号：{contract.number}"),
            Text(f"试用期：{contract.probation_months}个月，{chinese_date(contract.span.lower)}至{last}"),
            Text(f"录用条件（公告或者合同约定）：{BLANK * 4}"),
            Text(f"履职情况、工作绩效、遵章守纪、教育培训：{BLANK * 6}"),
            Text("考核结果：□符合录用条件　　□不符合录用条件"),
            Text(f"不符合的条件和证明的事实（办法第三十二条第（一）项）：{BLANK * 4}"),
            Text(f"责任民警意见：{BLANK * 4}"),
            Text(f"责任民警（签名）：{BLANK}　　日期：{BLANK}"),
            Text(f"单位意见：{BLANK * 3}　　负责人（签名）：{BLANK}　　日期：{BLANK}"),
            Text(f"本人（签名）：{BLANK}　　日期：{BLANK}"),
        ),
    )


def change_agreement(contract: Contract) -> Paper:
    """劳动合同变更协议书: whose contract it is, and blanks for what both sides agree on."""
    person = contract.engagement.person
    return Paper(
        title="劳动合同变更协议书",
        code=f"合同变更 {contract.number}",
        blocks=(
            Text(f"甲方：{contract.signer}　　乙方：{person.name}"),
            Text(
                f"双方{chinese_date(contract.signed_on)}签订的劳动合同（编号{contract.number}），"
                "经协商一致，变更如下（劳动合同法第三十五条）："
            ),
            Text(f"原约定：{BLANK * 6}"),
            Text(f"变更后的约定：{BLANK * 6}"),
            Text(f"自{BLANK}起生效。其他约定不变。本协议一式两份，双方各执一份。"),
            Text(f"甲方（盖章）：{BLANK}　　日期：{BLANK}"),
            Text(f"乙方（签名）：{BLANK}　　日期：{BLANK}"),
        ),
    )
