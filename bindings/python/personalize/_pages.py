"""Pages and their charts as objects that notebooks show by themselves."""
from __future__ import annotations

import functools
from typing import Any

from . import _methods
from ._base import enum_in, id_in
from ._enums import Kind, PageAudience
from ._errors import InvalidError


class Chart:
    """One chart of a page: ``svg`` as text, ``vega_lite`` as a specification with its data. A notebook shows the first that it knows."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.name: str = row["name"]
        self.kind: str = row["kind"]
        self.title: str = row["title"]
        self.description: str = row["description"]
        self.svg: str = row["svg"]
        self.vega_lite: dict[str, Any] = row["vega_lite"]

    def __repr__(self) -> str:
        return f"<personalize.Chart {self.name!r}: {self.title}>"

    def _repr_svg_(self) -> str:
        return self.svg


class Page:
    """A page of an actor: for whom it is, and whose. Read when it is first asked for, and then kept.

    Made by :meth:`Actor.page`. ``html`` is a file of its own, ``fragment`` a part of a page of yours, ``data`` the same as a dict, ``charts`` its charts by name."""

    def __init__(self, actor: Any, audience: Any, whose: Any, options: dict[str, Any]) -> None:
        self._actor = actor
        audience = enum_in(PageAudience, audience)
        if not isinstance(audience, int) or audience not in PageAudience._value2member_map_:
            raise InvalidError("the audience is none of PageAudience", "audience", "its values are learner, guardian, teacher, leader")
        self.audience = PageAudience(audience)
        kinds = {PageAudience.TEACHER: Kind.CLASS, PageAudience.LEADER: Kind.ORG}
        self.whose = id_in(actor, whose, kinds.get(self.audience, Kind.PERSON), "whose")
        self._options = options

    def __repr__(self) -> str:
        return f"<personalize.Page for the {self.audience.name.lower()} of {self.whose}>"

    def _call(self, end: str, **options: Any) -> Any:
        name = {PageAudience.LEARNER: "learner", PageAudience.GUARDIAN: "guardian", PageAudience.TEACHER: "class", PageAudience.LEADER: "school"}[self.audience]
        return getattr(self._actor, f"{name}_page{end}")(self.whose, **{**self._options, **options})

    @functools.cached_property
    def html(self) -> str:
        return self._call("", fragment=False)

    @functools.cached_property
    def fragment(self) -> str:
        return self._call("", fragment=True)

    @functools.cached_property
    def data(self) -> dict[str, Any]:
        return self._call("_data")

    @functools.cached_property
    def charts(self) -> dict[str, Chart]:
        rows = self._actor.page_charts(self.audience, self.whose, **self._options)["charts"]
        return {row["name"]: Chart(row) for row in rows}

    def _repr_html_(self) -> str:
        return f"<style>{_methods.page_style()}</style>{self.fragment}"
