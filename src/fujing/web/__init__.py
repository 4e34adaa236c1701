"""The three web sites. Their addresses share one kind of number, known before any of them is read."""

from django.urls import register_converter

from fujing.web.values import RowId

register_converter(RowId, "id")
