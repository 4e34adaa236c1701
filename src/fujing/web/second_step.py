"""Forms of the second step where the library's have no Chinese."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms


class AddKeyForm(AddWebAuthnForm):
    """What a new security key is called, so that its owner knows it among others."""

    name = forms.CharField(label="名称", max_length=40, required=False, help_text="如“办公室密钥”，不填的按顺序编号")
