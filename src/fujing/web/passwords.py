"""The password that somebody sets for themself, on whichever site."""

from __future__ import annotations

from django import forms


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label="密码",
        min_length=10,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少10位，不能全是数字",
    )

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if password.isdigit():
            raise forms.ValidationError("密码不能全是数字。")
        return password
