"""The lexicon of prohibited work: what the file may say, its faults by path, and an organ's own words beside ours."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from fujing.law.formats.documents import DocumentError, Fault, read_document
from fujing.law.formats.faults import explain
from fujing.law.prohibitions.wording import Plain, Words

DEFAULT = resources.files("fujing.law.prohibitions") / "lexicon.yaml"


class Answer(StrEnum):
    """What is to become of a text: it is stopped, an officer has to look at it, or it may stand."""

    STOPPED = "stopped"
    UNDETERMINED = "undetermined"
    LAWFUL = "lawful"


Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^…\s].*[^…\s]$|^[^…\s]$")]
Listed = tuple[Word, ...]


class Strict(BaseModel):
    """Unknown keys are refused with their path."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class Roles(Strict):
    """Words that tell who does a piece of work; each list is one role."""

    alone: Listed = ()
    unled: Listed = ()
    """As `alone`, and for the rest of the sentence: no officer is there, or one is replaced."""
    assisting: Listed = ()
    led: Listed = ()
    """As `assisting`, and for the rest of the sentence."""
    responsible: Listed = ()
    """It is their charge, which doesn't say that an officer does it."""
    police: Listed = ()
    """It is the officer who does it."""
    clerical: Listed = ()
    """Only what is written about the work is handled."""
    other: Listed = ()
    """Words that only look like one of those (自行车)."""
    negating: Listed = ()
    papers: Listed = ()
    """What is written about the work: the thing that clerical work handles."""


class Outcomes(Strict):
    """The answer by role; `bare`: a matter without an act, null = nothing is found in it."""

    unsaid: Answer
    alone: Answer
    assisting: Answer
    clerical: Answer
    responsible: Answer | None = None
    """They are in charge of it (负责); null = as `unsaid`."""
    bare: Answer | None = None


class Examples(Strict):
    """Texts for people to read, and tests."""

    stopped: tuple[str, ...] = ()
    undetermined: tuple[str, ...] = ()
    lawful: tuple[str, ...] = ()


class Lists(Strict):
    """The words of an entry; matter and act have to meet in one clause, a phrase tells all by itself."""

    phrases: Listed = ()
    matter: Listed = ()
    acts: Listed = ()
    other: Listed = Field((), alias="not")
    """Words that look the same and mean something else."""


class Entry(Lists):
    """One kind of prohibited work."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    provision: Literal["13.1", "13.2", "13.3", "13.4", "13.5", "13.6", "13.7", "13.8", "13.9"]
    name: Word
    why: Word
    outcomes: Outcomes
    examples: Examples = Examples()

    @model_validator(mode="after")
    def _something_to_find(self) -> Entry:
        if not self.phrases and not (self.matter and (self.acts or self.outcomes.bare)):
            raise PydanticCustomError("fujing", "{expected}", {"expected": "应有 phrases，或者 matter 和 acts"})
        return self

    @property
    def closed(self) -> bool:
        """Assisting is prohibited as well."""
        return self.outcomes.assisting is Answer.STOPPED


class Extension(Strict):
    """An organ's own file: `additions` to entries of ours by their id, and whole `entries` of its own."""

    roles: Roles = Roles()
    ordinary: Listed = ()
    misspellings: dict[Word, Listed] = {}
    additions: dict[str, Lists] = {}
    entries: tuple[Entry, ...] = ()


class Lexicon(Strict):
    """All that is known of the words, ready to read texts with."""

    roles: Roles
    ordinary: Listed
    """Words between which a sign may stand (通讯、问询); elsewhere it hides a word (讯、问)."""
    misspellings: dict[Word, Listed]
    entries: tuple[Entry, ...]

    @cached_property
    def plain(self) -> Plain:
        """Makes a text plain for these words."""
        words = (word for entry in self.entries for word in (*entry.phrases, *entry.matter))
        meant = {misspelt: word for word, listed in self.misspellings.items() for misspelt in listed}
        return Plain(words, meant, self.ordinary)

    @cached_property
    def cores(self) -> Words:
        """One of these stands in every text that has anything in it."""
        return Words(word for entry in self.entries for word in (*entry.phrases, *entry.matter))

    @cached_property
    def papers(self) -> tuple[str, ...]:
        """How a text goes on after a piece of work when it is about what is written of it."""
        return (*self.roles.papers, *(f"的{each}" for each in self.roles.papers))

    @cached_property
    def everything(self) -> Words:
        """Every word of the lexicon."""
        return Words(self.meanings)

    @cached_property
    def meanings(self) -> dict[str, list[tuple[str, str]]]:
        """For each word, the lists that have it: an entry's id (empty for the roles) and the list's name."""
        found: dict[str, list[tuple[str, str]]] = {}
        for role in Roles.model_fields:
            for word in getattr(self.roles, role) if role != "papers" else ():
                found.setdefault(word, []).append(("", role))
        for entry in self.entries:
            for name in Lists.model_fields:
                for word in getattr(entry, name):
                    found.setdefault(word, []).append((entry.id, name))
        return found

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The entries by their names."""
        return {entry.id: entry for entry in self.entries}

    def extended(self, own: Extension) -> Lexicon:
        """These words and an organ's own; ours are added to, never taken away."""
        roles = {name: _joined(getattr(self.roles, name), getattr(own.roles, name)) for name in Roles.model_fields}
        spelt = {
            word: _joined(self.misspellings.get(word, ()), own.misspellings.get(word, ()))
            for word in (*self.misspellings, *own.misspellings)
        }
        entries = [_added_to(entry, own.additions.get(entry.id)) for entry in self.entries]
        return Lexicon(
            roles=Roles(**roles),
            ordinary=_joined(self.ordinary, own.ordinary),
            misspellings=spelt,
            entries=(*entries, *own.entries),
        )


def lexicon(own: Path | None = None) -> Lexicon:
    """Our lexicon, with the words of an organ's own file if there is one.

    Raises DocumentError with every fault of that file, each by its path.
    """
    return _ours() if own is None else _ours().extended(_read(own))


@cache
def _ours() -> Lexicon:
    return Lexicon.model_validate(yaml.safe_load(DEFAULT.read_text("utf-8")))


def _read(path: Path) -> Extension:
    document = read_document(path)
    try:
        own = Extension.model_validate(document)
    except ValidationError as error:
        raise DocumentError(explain(error, file=str(path), root="")) from None
    known = set(_ours().by_id)
    faults = [
        Fault(str(path), f"additions.{name}", "", f"没有这个条目，应为 {'、'.join(sorted(known))}")
        for name in own.additions
        if name not in known
    ]
    ids = [entry.id for entry in own.entries]
    faults += [
        Fault(str(path), f"entries[{place}].id", each, "已有这个条目，补充词语请写在 additions 里")
        for place, each in enumerate(ids)
        if each in known or each in ids[:place]
    ]
    if faults:
        raise DocumentError(faults)
    return own


def _added_to(entry: Entry, own: Lists | None) -> Entry:
    if own is None:
        return entry
    lists = {name: _joined(getattr(entry, name), getattr(own, name)) for name in Lists.model_fields}
    return entry.model_copy(update=lists)


def _joined(ours: Iterable[str], own: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ours, *own)))
