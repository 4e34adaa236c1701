"""Each heading of a column is read as that column, under every name that people give it, alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fujing.kernel.exchange import Column, read_table
from fujing.law.formats import applicants, duties, pay, roster, scores, tiers
from fujing.law.formats.applicants import read_applicants
from fujing.law.formats.documents import DocumentError

NUMBER = "公民身份号码 身份证号 身份证号码 居民身份证号 居民身份证号码"
HEADINGS = {
    "报名表": (
        applicants.COLUMNS,
        """
        id 报名序号 报名号 报名编号
        name 姓名 考生姓名
        id_number 公民身份号码 身份证号 身份证号码 居民身份证号 居民身份证号码 公民身份证号码
        sex 性别
        birth_date 出生日期 出生年月 出生年月日 生日
        nationality 国籍
        education 学历 文化程度 最高学历
        major 专业 所学专业 毕业专业
        height_cm 身高 身高（cm） 身高(cm) 身高（CM） 身高(CM) 身高cm 身高（厘米） 身高(厘米)
        weight_kg 体重 体重（kg） 体重(kg) 体重（KG） 体重(KG) 体重kg 体重（公斤） 体重(公斤)
        naked_vision 裸眼视力
        corrected_vision 矫正视力
        household 户籍 户籍地 户籍所在地 户口所在地
        position 报考岗位 报考职位 报考岗位代码 岗位代码 职位代码
        choice 志愿序号 志愿
        registered_on 报名日期
        certificates 证书 资格证书 职业资格证书 证件
        veteran 退役士兵
        martyr_kin 烈属
        bravery 见义勇为
        police_school 警察政法院校
        skill 专业技能
        scarce_skill 急需技能
        ground_20_1 考察20.1
        ground_20_2 考察20.2
        ground_20_3 考察20.3
        ground_20_4 考察20.4
        ground_20_5 考察20.5
        ground_20_6 考察20.6
        ground_20_7 考察20.7
        ground_20_8 考察20.8
        ground_20_9 考察20.9
        conduct 品行考察
        medical 体检
        psychological 心理
        bonus_points 加分
        """,
    ),
    "成绩表": (tuple(scores.COLUMNS), "id 报名序号\nstage 环节\nitem 科目\nscore 成绩\njudge 评委"),
    "花名册": (
        roster.COLUMNS,
        f"""
        name 姓名
        id_number {NUMBER}
        category 类别
        organ_code 管理机关代码
        unit 用人单位
        post 岗位
        education 学历
        employment 用工方式
        hired_on 入职日期
        contract_kind 合同类型
        contract_from 合同起始
        contract_to 合同终止
        contract_count 合同次数
        probation_to 试用期终止
        tier 层级
        monthly_pay 月应发工资
        insured_pension 养老
        insured_medical 医疗
        insured_unemployment 失业
        insured_injury 工伤
        insured_housing 公积金
        insured_accident 意外险
        inducted_on 岗前培训日期
        educated_political 政治教育
        educated_discipline 纪律教育
        educated_integrity 廉洁教育
        educated_secrecy 保密教育
        trained_on 年度培训日期
        appraisal 上年度考核
        card_number 工作证号
        card_valid_to 工作证有效期
        qualifications 资质证书
        left_on 离职日期
        returned_card 证件收回
        returned_uniform 服装收回
        returned_insignia 标识收回
        """,
    ),
    "机关": (
        roster.ORGAN_COLUMNS,
        """
        code 代码 管理机关代码 机关代码
        name 名称 机关名称
        quota 用人额度
        planned 批准计划数
        income 上年度城镇居民人均可支配收入
        income_source 收入口径来源
        """,
    ),
    "派勤": (
        duties.COLUMNS,
        f"""
        id 序号
        id_number {NUMBER}
        date 日期
        start 起 开始时间 起始时间
        end 止 结束时间 终止时间
        item 事项
        text 内容
        place 地点
        commander 指挥民警
        basis 法律依据
        needs 所需资质
        drives 驾驶车船
        restraint 约束性警械
        emergency 紧急情形
        """,
    ),
    "请假": (duties.ABSENCE_COLUMNS, f"id_number {NUMBER}\nfrom 起\nto 止\nkind 情形\nmatter 事由"),
    "工资人员": (
        pay.PEOPLE_COLUMNS,
        """
        id 人员编号
        name 姓名
        category 类别
        tier 层级
        post_grade 岗位等级
        hired_on 入职日期
        left_on 离职日期
        appraisal 上年度考核
        social_base 社保基数
        housing_base 公积金基数
        special_deductions 专项附加扣除
        first_job 首次就业
        """,
    ),
    "工资月份": (
        pay.MONTHS_COLUMNS,
        """
        id 人员编号
        month 月份
        night_shifts 夜班
        duty_days 值班
        overtime_weekday 平日加班小时
        overtime_restday 休息日加班小时
        overtime_holiday 节假日加班小时
        personal_leave_days 事假天数
        sick_leave_days 病假天数
        back_pay 补发
        recovery_due 追偿
        """,
    ),
    "层级人员": (
        tiers.PEOPLE_COLUMNS,
        """
        id 人员编号
        name 姓名
        tier 层级
        since 任现层级日期
        hired_on 入职日期
        left_on 离职日期
        came_by 进入方式
        trainee_until 见习期满日期
        education 学历
        target 申报层级
        score 得分
        further 其他条件
        """,
    ),
    "年度考核": (tiers.APPRAISALS_COLUMNS, "id 人员编号\nyear 年度\ngrade 等次"),
    "表彰奖励": (tiers.HONOURS_COLUMNS, "id 人员编号\non 授予日期\nhonour 名称"),
}
EACH = [
    pytest.param(columns, line.split()[0], heading, id=f"{table}-{heading}")
    for table, (columns, lines) in HEADINGS.items()
    for line in lines.strip().splitlines()
    for heading in line.split()
]


def words(text: str) -> list[str]:
    return text.split()


def sheet(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize(("columns", "key", "heading"), EACH)
def test_each_heading_alone_is_read_as_its_column(
    columns: tuple[Column, ...], key: str, heading: str, tmp_path: Path
) -> None:
    table = read_table(sheet(tmp_path / "一列.csv", [heading], ["1"]), columns)
    assert table.frame.columns[:2] == ["row", key]


@pytest.mark.parametrize("table", HEADINGS)
def test_every_column_of_a_table_is_listed_here_in_its_order(table: str) -> None:
    columns, lines = HEADINGS[table]
    assert [column.key for column in columns] == [line.split()[0] for line in lines.strip().splitlines()]
    assert [column.label for column in columns] == [line.split()[1] for line in lines.strip().splitlines()]


REQUIRED = {
    "报名表": {"id", "position"},
    "成绩表": {"id", "stage", "score"},
    "机关": {"code"},
    "工资人员": {"id"},
    "工资月份": {"id", "month"},
    "层级人员": {"id"},
    "年度考核": {"id", "year"},
    "表彰奖励": {"id", "on", "honour"},
}


@pytest.mark.parametrize("table", HEADINGS)
def test_only_what_no_row_can_go_without_is_required(table: str) -> None:
    assert {column.key for column in HEADINGS[table][0] if column.required} == REQUIRED.get(table, set())


USUAL = words("""
    序号 编号 民族 联系电话 电话 手机 手机号 手机号码 联系方式 备注 说明 籍贯 出生地 政治面貌 婚姻状况 婚否 毕业院校 毕业学校
    毕业院校及专业 毕业时间 学位 学习形式 通讯地址 联系地址 家庭住址 家庭地址 现住址 住址 邮箱 电子邮箱 QQ 微信 年龄 照片 工作单位
    现工作单位 工作经历 工作简历 学习经历 个人简历 简历 家庭成员 紧急联系人 紧急联系电话 岗位名称 职位名称 报考单位 用人单位 报名时间
    审核结果 审核意见 审核人 准考证号 考场 考场号 座位号 特长 爱好 身份证有效期 参加工作时间 健康状况 血型 鞋码 服装尺码
""")
USUAL_IN_SCORES = words("序号 姓名 性别 身份证号 公民身份号码 准考证号 报考岗位 岗位名称 考场 座位号 备注")


def test_the_usual_other_columns_of_an_applicants_table_are_passed_over_with_a_note(tmp_path: Path) -> None:
    rows = (["报名序号", "报考岗位", *USUAL], ["A1", "01", *("x" for _ in USUAL)])
    notes: list[str] = []
    frame = read_applicants(sheet(tmp_path / "报名表.csv", *rows), None, notes)
    assert frame.columns == ["row", "id", "position"]
    assert all(heading in "".join(notes) for heading in USUAL)
    with pytest.raises(DocumentError, match="家乡"):
        read_applicants(sheet(tmp_path / "报名表.csv", [*rows[0], "家乡"], [*rows[1], "x"]), None)


def test_the_usual_other_columns_of_a_score_sheet_are_passed_over(tmp_path: Path) -> None:
    rows = (["报名序号", "环节", "成绩", *USUAL_IN_SCORES], ["A1", "笔试", "60", *("x" for _ in USUAL_IN_SCORES)])
    path = sheet(tmp_path / "成绩表.csv", *rows)
    assert scores.score_faults(path, None, None) == []


SILENT = words(r"""
    / // \ - -- --- — —— ―― – _ * ? . .. ... … …… 无法提供 未提供 暂未提供 无法核实 未填 未填写 未填报 没填 不填 待填 待补 待补充
    待定 待核实 待查 不详 不清楚 不知道 未知 暂缺 缺 空 空白 详见附件 见附件 附件 见备注 详见备注 见简历 详见简历 见材料 详见材料
    见原件 同上 略 #N/A N/A NA #VALUE! #REF! #NAME? #DIV/0! #NULL! #NUM! NULL NONE NAN null None nan ／ ．．．
""")


@pytest.mark.parametrize("written", SILENT)
def test_a_cell_that_says_nothing_is_an_empty_one(written: str, tmp_path: Path) -> None:
    rows = (["报名序号", "报考岗位", "户籍", "出生日期"], ["A1", "01", written, written])
    (person,) = read_applicants(sheet(tmp_path / "报名表.csv", *rows), None).rows(named=True)
    assert (person["household"], person["birth_date"]) == (None, None)
    people = roster.read_roster(sheet(tmp_path / "册.csv", ["姓名", "用人单位"], ["甲", written])).people
    assert people["unit"].to_list() == [None]
