"""The catalogue of page kinds."""

from django.urls import path

from fujing.web.developers import views

app_name = "developers"
urlpatterns = [path("look", views.contents, name="look"), path("look/<str:kind>", views.page, name="kind")]
