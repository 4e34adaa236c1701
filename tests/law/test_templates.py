"""The empty roster and week plan: what is explained, by which provision, and what the drop-downs offer."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from fujing.law.formats.duties_template import duties_template
from fujing.law.formats.roster_template import roster_template

YES_NO = "是,否"
EXPLAINED = {
    roster_template: (
        "花名册怎样填写",
        """
        花名册 姓名 -
        花名册 公民身份号码 第五条第一款、第十八条第（三）项
        花名册 类别 第三条第二款、第三条第三款
        花名册 管理机关代码 第二条、第十七条第二款
        花名册 用人单位 第五条第一款
        花名册 岗位 第三条第三款
        花名册 学历 第十八条第（四）项
        花名册 用工方式 第四十五条第二款
        花名册 入职日期 第十八条第（三）项、第二十二条
        花名册 合同类型 第二十二条、第三十九条
        花名册 合同起始 第二十二条、第三十九条
        花名册 合同终止 第三十九条
        花名册 合同次数 第二十二条、第三十九条
        花名册 试用期终止 第二十二条
        花名册 层级 第二十三条第一款
        花名册 月应发工资 第三十三条
        花名册 养老 第三十四条
        花名册 医疗 第三十四条
        花名册 失业 第三十四条
        花名册 工伤 第三十四条
        花名册 公积金 第三十四条
        花名册 意外险 第三十四条
        花名册 岗前培训日期 第二十四条
        花名册 政治教育 第二十四条
        花名册 纪律教育 第二十四条
        花名册 廉洁教育 第二十四条
        花名册 保密教育 第二十四条
        花名册 年度培训日期 第二十四条
        花名册 上年度考核 第二十五条
        花名册 工作证号 第二十六条
        花名册 工作证有效期 第二十六条
        花名册 资质证书 第十二条
        花名册 离职日期 第二十六条
        花名册 证件收回 第二十六条
        花名册 服装收回 第二十六条
        花名册 标识收回 第二十六条
        机关 代码 第二条
        机关 名称 -
        机关 用人额度 第六条第一款
        机关 批准计划数 第十六条第三款
        机关 上年度城镇居民人均可支配收入 第三十三条
        机关 收入口径来源 第三十三条
        """,
    ),
    duties_template: (
        "派勤表怎样填写",
        """
        派勤 序号 -
        派勤 公民身份号码 第五条第一款
        派勤 日期 -
        派勤 起 -
        派勤 止 第四条
        派勤 事项 第九条、第十条、第十一条
        派勤 内容 第十三条
        派勤 地点 -
        派勤 指挥民警 第四条、第九条、第十条
        派勤 法律依据 第九条第（四）项、第十条第（十）项、第十一条第（四）项
        派勤 所需资质 第十二条
        派勤 驾驶车船 第二十七条第一款
        派勤 约束性警械 第二十七条第二款
        派勤 紧急情形 第二十七条第二款
        请假 公民身份号码 -
        请假 起 第三十六条
        请假 止 第三十六条
        请假 情形 第三十条、第三十六条
        请假 事由 第三十条
        """,
    ),
}
OFFERED = {
    roster_template: {
        "类别": "文职,勤务",
        "学历": "小学,初中,高中,普通高中,中专,职高,职业高中,技校,大专,专科,大学专科,本科,大学本科,硕士,硕士研究生,博士,博士研究生",
        "用工方式": "直接聘用,购买服务",
        "合同类型": "固定期限,无固定期限,未签",
        "层级": "无",
        **dict.fromkeys(["养老", "医疗", "失业", "工伤", "公积金", "意外险"], YES_NO),
        "上年度考核": "优秀,合格,基本合格,不合格,未考核",
        **dict.fromkeys(["证件收回", "服装收回", "标识收回"], "未收回"),
    },
    duties_template: {
        "事项": ",".join([*(f"9.{n}" for n in range(1, 5)), *(f"10.{n}" for n in range(1, 11)), *(f"11.{n}" for n in range(1, 5))]),
        "驾驶车船": YES_NO,
        "约束性警械": YES_NO,
        "情形": "请假,停职,回避",
    },
}  # fmt: skip


@pytest.mark.parametrize("made", EXPLAINED)
def test_every_column_is_explained_with_the_provision_behind_it(made: Callable[[], bytes]) -> None:
    title, lines = EXPLAINED[made]
    book = openpyxl.load_workbook(io.BytesIO(made()))
    assert book["说明"]["A1"].value == title
    rows = [tuple(row) for row in book["说明"].iter_rows(min_row=3, values_only=True)]
    assert [f"{sheet} {column} {basis or '-'}" for sheet, column, _, basis in rows] == [
        line.strip() for line in lines.strip().splitlines()
    ]
    for sheet, column, note, basis in rows:
        (head,) = (each for each in book[str(sheet)][1] if each.value == column)
        told = f"{note}（{basis}）" if basis else str(note)
        assert head.comment is not None
        assert head.comment.text == told
        prompts = [
            rule.prompt
            for rule in book[str(sheet)].data_validations.dataValidation
            if str(rule.sqref).startswith(f"{head.column_letter}2:")
        ]
        assert prompts == [told]


@pytest.mark.parametrize("made", OFFERED)
def test_the_drop_downs_offer_what_officers_write(made: Callable[[], bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made()))
    offered = {
        str(sheet[f"{str(rule.sqref).partition('2:')[0]}1"].value): str(rule.formula1).strip('"')
        for sheet in book.worksheets
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert offered == OFFERED[made]
