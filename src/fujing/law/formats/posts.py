"""The posts of an announcement: who may apply for each, and for what duties."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from fujing.law.formats.part import ADDRESS, Category, Conditions, Education, Part, Sex, Years
from fujing.law.formats.values import Code, FirstDay, LastDay, Positive, Text
from fujing.law.provisions import measures


class Scarce(Part):
    """急需的专业技术、专门技能岗位."""

    reason: Text | None = Field(None, description="急需的理由")


class AgeRelaxation(Part):
    """对部分人员放宽的年龄上限."""

    max: Years = Field(description="放宽后的年龄上限，周岁")
    when: Conditions = Field(description="适用人员")


class Window(Part):
    """公告所印的出生日期范围."""

    start: FirstDay | None = Field(None, alias="from", description="最早出生日，含；只写月份的从月初起")
    end: LastDay | None = Field(None, alias="to", description="最晚出生日，含；只写月份的到月末止")

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.start and self.end and self.start > self.end:
            raise ValueError("出生日期范围的起日晚于止日")
        return self


class Age(Part):
    """年龄条件（第十八条第（三）项）."""

    min: Years | None = Field(None, description="年龄下限，周岁")
    max: Years | None = Field(None, description="年龄上限，周岁")
    relax: tuple[AgeRelaxation, ...] = Field((), description="放宽")
    window: Window | None = Field(None, description="公告所印的出生日期范围")

    @model_validator(mode="after")
    def _in_order(self) -> Age:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("年龄下限高于年龄上限")
        return self


class EducationRelaxation(Part):
    """对部分人员放宽的学历下限."""

    min: Education = Field(description="放宽后的学历下限")
    when: Conditions = Field(description="适用人员")


class EducationFloor(Part):
    """学历条件（第十八条第（四）项）."""

    min: Education | None = Field(None, description="学历下限")
    relax: tuple[EducationRelaxation, ...] = Field((), description="放宽")


class BySex(Part):
    """男女分列的数值."""

    male: Positive | None = Field(None, description="男")
    female: Positive | None = Field(None, description="女")


class BodyMass(Part):
    """体重指数范围."""

    min: Positive | None = Field(None, description="下限，含")
    max: Positive | None = Field(None, description="上限，含")

    @model_validator(mode="after")
    def _in_order(self) -> BodyMass:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("体重指数下限高于上限")
        return self


class PositionConditions(Part):
    """岗位条件，只可严于办法；未写的依照办法."""

    age: Age | None = Field(None, description="年龄")
    education: EducationFloor | None = Field(None, description="学历")
    height_cm: Positive | BySex | None = Field(None, description="身高下限，厘米；一个数为男女相同")
    naked_vision: Positive | None = Field(None, description="裸眼视力下限")
    corrected_vision: Positive | None = Field(None, description="矫正视力下限")
    bmi: BodyMass | None = Field(None, description="体重指数（体重公斤数除以身高米数的平方）范围，含两端")
    household: tuple[Text, ...] = Field((), description="户籍范围，任一即可")
    certificates: tuple[Text, ...] = Field((), description="证书，全部具备；甲|乙为任一")
    majors: tuple[Text, ...] = Field((), description="专业，任一即可")

    @property
    def heights(self) -> BySex | None:
        """The lowest heights of men and women; one number is for both."""
        height = self.height_cm
        if height is None or isinstance(height, BySex):
            return height
        return BySex.model_validate({"male": height, "female": height})


def _duty(value: Any) -> Any:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and ADDRESS.match(value):
        known = measures().provisions
        if value not in known or value.split(".")[0] not in ("9", "10", "11", "13"):
            raise ValueError("应为第九条至第十一条的职责编号（如 9.1、10.3），或者职责文字")
    return value


Duty = Annotated[Text, BeforeValidator(_duty), WithJsonSchema({"type": ["string", "number"], "minLength": 1})]


class Pool(Part):
    """定向招聘：岗位只面向所列人员."""

    when: Conditions = Field(description="面向的人员")
    reason: Text | None = Field(None, description="定向的理由")


class Position(Part):
    """招聘岗位."""

    code: Code = Field(description="岗位代码，公告内不重复")
    name: Text = Field(description="岗位名称")
    category: Category = Field(description="civil 文职，field 勤务")
    duties: tuple[Duty, ...] = Field((), description="职责：目录编号（如 10.3）或者公告原文")
    headcount: Annotated[int, Field(ge=1)] = Field(description="招聘人数")
    sex: Sex | None = Field(None, description="限招性别")
    sex_reason: Text | None = Field(None, description="限招性别的理由")
    scarce: Scarce | None = Field(None, description="急需的专业技术、专门技能岗位")
    pool: Pool | None = Field(None, description="定向招聘")
    basis: Text | None = Field(
        None, description="第九条第（四）项、第十条第（十）项、第十一条第（四）项工作所依据的国家规定"
    )
    conditions: PositionConditions = Field(
        default_factory=lambda: PositionConditions.model_validate({}), description="岗位条件"
    )
