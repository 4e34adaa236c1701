"""Addresses of self-service: the first page, opening the sign-in, and those of every room."""

from django.urls import path

from fujing.web.me import activate, home, rights
from fujing.web.me.chapters import ROOMS

app_name = "me"
urlpatterns = [
    path("", home.home, name="home"),
    path("rights/", rights.rights, name="rights"),
    path("activate/", activate.activate, name="activate"),
    *(pattern for room in ROOMS for pattern in room.patterns),
]
