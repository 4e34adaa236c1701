"""Pages of the desk: its own, and those of each wing. Names stay `desk:…`, whichever wing a page stands in."""

from django.urls import include, path

from fujing.web.desk import home, search
from fujing.web.desk.chapters import WINGS

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    *(path("", include(wing.urls)) for wing in WINGS),
]
