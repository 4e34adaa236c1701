"""Sample forms of the catalogue."""

from __future__ import annotations

from django import forms

from fujing.registry.states import Category
from fujing.web.desk.common import DateField
from fujing.web.numbers import NumberField


class SampleForm(forms.Form):
    """Groups, units, provisions and every sort of widget."""

    groups = (("岗位", ("post", "category", "duties")), ("条件", ("age_max", "education", "pay")))
    units = {"age_max": "周岁", "pay": "元/月"}
    provisions = {"category": ("3.p2",), "age_max": ("18.3",), "education": ("18.4",)}

    post = forms.CharField(label="岗位名称", max_length=80)
    category = forms.ChoiceField(label="类别", choices=Category.choices, widget=forms.RadioSelect)
    duties = forms.MultipleChoiceField(
        label="工作事项", choices=[("10.1", "治安巡逻"), ("10.2", "交通疏导")], widget=forms.CheckboxSelectMultiple
    )
    age_max = forms.IntegerField(
        label="年龄上限", min_value=18, max_value=35, help_text="急需岗位可以放宽，应当写明理由"
    )
    education = forms.ChoiceField(label="学历", choices=[("high_school", "高中"), ("college", "大专")])
    pay = NumberField(label="月工资", required=False, min_value=0, max_digits=10, decimal_places=2)
    start = DateField(label="报名开始")


class OpinionForm(forms.Form):
    """The opinion of whoever decides."""

    opinion = forms.CharField(
        label="意见", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="退回或者不同意时必填"
    )


class PaperForm(forms.Form):
    """A decision that was made on paper."""

    prefix = "paper"
    number = forms.CharField(label="文号", max_length=60)
    day = DateField(label="文件日期")
    scan = forms.FileField(label="扫描件", required=False)
