"""One objection to what is public: written down, read for a reason, and answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fujing.kernel.readings import readings_of
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.desk.common import DateField, read_for_a_reason
from fujing.web.requests import Request


class ObjectionForm(forms.Form):
    received_on = DateField(label="收到日期")
    text = forms.CharField(
        label="异议内容",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="照原话填写，不写异议人的姓名；加密保存",
    )


class AnswerForm(forms.Form):
    """`follows` is said beside the answer that the objection holds."""

    upheld = forms.TypedChoiceField(label="异议是否成立", coerce=lambda value: value == "yes", widget=forms.RadioSelect)
    answer = forms.CharField(label="调查情况和答复", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any, follows: str = "") -> None:
        super().__init__(data)
        upheld = self.fields["upheld"]
        assert isinstance(upheld, forms.ChoiceField)
        upheld.choices = [("no", "不成立"), ("yes", f"成立，{follows}" if follows else "成立")]


def objection_page(
    request: Request,
    row: Any,
    *,
    title: str,
    about: tuple[str, str],
    provision: str,
    opening: Callable[[str], Any] | None,
    answering: Callable[..., Any] | None,
    follows: str = "",
) -> HttpResponse:
    """The page of one objection. `about` is what it is about and that thing's address; `opening` reads it for a reason,
    `answering` answers it, each None for who may not now."""
    form = AnswerForm(values.sent(request) if "upheld" in request.POST or "answer" in request.POST else None, follows)
    if answering and form.is_bound and form.is_valid():
        answer = form.cleaned_data
        if perform(request, lambda: answering(**answer), form) is not None:
            messages.success(request, "已答复。")
            return redirect(about[1])
    reading, opened = None, None
    if opening and not form.is_bound:
        _, reading, opened = read_for_a_reason(request, opening)
    context = {
        "title": title,
        "row": row,
        "about": about,
        "provision": provision,
        "form": reading,
        "answering": form if answering else None,
        "opened": opened,
        "reads": readings_of(row),
    }
    wrong = form.errors or (reading is not None and reading.errors)
    return render(request, "management/objection.html", context, status=422 if wrong else 200)
