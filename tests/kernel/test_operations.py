"""Operations taken together leave the same models and the same database as one after the other."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.migrations.state import ProjectState

from fujing.kernel.operations import Together, together


def made(name: str, *fields: tuple[str, models.Field]) -> migrations.CreateModel:
    return migrations.CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields])


def operations() -> list[Any]:
    positive = models.CheckConstraint(condition=models.Q(number__gt=0), name="positive")
    return [
        made("Parent", ("number", models.IntegerField())),
        made("Child", ("parent", models.ForeignKey("x.Parent", models.CASCADE))),
        migrations.AddField("Child", "late", models.IntegerField(null=True)),
        migrations.AddConstraint("Parent", positive),
        migrations.AddIndex("Child", models.Index(fields=["late"], name="late")),
    ]


def test_neighbours_of_one_kind_are_taken_together_and_others_stay() -> None:
    first, field, last = together(operations())
    assert [type(each).__name__ for each in first.operations] == ["CreateModel", "CreateModel"]
    assert isinstance(field, migrations.AddField)
    assert [type(each).__name__ for each in last.operations] == ["AddConstraint", "AddIndex"]


def test_one_alone_stays_as_it_is() -> None:
    (alone,) = together(operations()[:1])
    assert isinstance(alone, migrations.CreateModel)


def test_the_models_afterwards_are_the_same() -> None:
    def after(steps: list[Any], *, rendered: bool) -> ProjectState:
        state = ProjectState()
        if rendered:
            assert state.apps is not None
        for step in steps:
            step.state_forwards("x", state)
        return state

    plain = after(operations(), rendered=False)
    for rendered in (False, True):
        state = after(together(operations()), rendered=rendered)
        assert set(state.models) == set(plain.models)
        for key, model in plain.models.items():
            assert model.options == state.models[key].options
            assert list(model.fields) == list(state.models[key].fields)
        parent, child = state.apps.get_model("x", "Parent"), state.apps.get_model("x", "Child")
        assert [each.name for each in parent._meta.constraints] == ["positive"]
        assert child._meta.get_field("parent").related_model is parent


def test_the_way_back_is_the_way_there_reversed() -> None:
    went = []

    class Step:
        def __init__(self, name: str) -> None:
            self.name = name

        def database_forwards(self, *_: object) -> None:
            went.append(f"{self.name} there")

        def database_backwards(self, *_: object) -> None:
            went.append(f"{self.name} back")

    both = Together([Step("a"), Step("b")])  # type: ignore[list-item]
    both.database_forwards("x", None, None, None)
    both.database_backwards("x", None, None, None)
    assert went == ["a there", "b there", "b back", "a back"]
