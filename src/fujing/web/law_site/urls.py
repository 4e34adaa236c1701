"""The Measures for everybody."""

from django.urls import path

from fujing.web.law_site import views

app_name = "law"
urlpatterns = [path("", views.index, name="index"), path("<str:address>", views.provision, name="provision")]
