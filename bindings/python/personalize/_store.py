"""Stores and actors."""
from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Iterator

from . import _methods
from ._base import Handled
from ._pages import Page
from ._errors import Error


class Store(Handled, _methods.StoreMethods):
    """One tenant's store: a school or a district, in one file. ``Store(path)`` opens it, ``Store.create(path)`` makes it."""

    _c_type = "pz_store"

    def __init__(self, path: Any, **options: Any) -> None:
        self._handle = _methods.store_open(path, **options)

    @classmethod
    def open(cls, path: Any, **options: Any) -> "Store":
        """Opens a store that exists, and brings a store of an older version up to date first (unless read-only)."""
        return cls(path, **options)

    @classmethod
    def create(cls, path: Any, **options: Any) -> "Store":
        """Makes an empty store at a path where there is no file, and opens it."""
        store = cls.__new__(cls)
        store._handle = _methods.store_create(path, **options)
        return store

    @staticmethod
    def restore(backup: Any, path: Any, **options: Any) -> None:
        """Puts a backup in place as a store. The backup is checked first; a file at ``path`` is never overwritten."""
        _methods.store_restore(backup, path, **options)

    def actor(self, person: Any, role: Any, purpose: str) -> "Actor":
        """An actor for a person in a role, such as ``store.actor(7, Role.TEACHER, purpose="class page")``."""
        return self.actor_open(person, role, purpose)

    def service(self, name: str, scopes: Any, purpose: str) -> "Actor":
        """An actor for a program of the host, such as ``store.service("nightly import", Scope.IMPORT, purpose="roster")``."""
        return self.actor_open_service(name, scopes, purpose)


class Change:
    """A joined change, see :meth:`Actor.change`."""

    def __init__(self, repeated: bool) -> None:
        self.repeated = repeated  #: whether its key was committed before; then write nothing
        self.number: int | None = None  #: number of the change, once it is committed


class Actor(Handled, _methods.ActorMethods):
    """A person in a role, or a service, with a purpose: what reads and writes people's data. Made by :meth:`Store.actor`."""

    _c_type = "pz_actor"

    def __init__(self) -> None:
        raise Error("an actor is made by Store.actor() or Store.service()")

    @contextmanager
    def change(self, action: str, *, key: str | None = None) -> Iterator[Change]:
        """Joins the writes of a ``with`` block into one change: all are seen at once, or after an exception none."""
        change = Change(self.change_begin(action, key=key))
        if change.repeated:
            yield change
            return
        try:
            yield change
        except BaseException:
            self.change_undo()
            raise
        change.number = self.change_commit()

    def events(self, cursor: int = 0, limit: int = 1000) -> Iterator[Any]:
        """Events after ``cursor``, oldest first, page by page. Keep ``event.cursor`` of the last to go on after it."""
        while True:
            rows, following = self.changes_since(cursor, limit)
            yield from rows
            if following == cursor:
                return
            cursor = following

    def page(self, audience: Any, whose: Any, **options: Any) -> Page:
        """A page that a notebook shows by itself: for a ``"learner"`` or ``"guardian"`` of a learner, for a ``"teacher"`` of a class, for a ``"leader"`` of an org.
        Members of :class:`PageOptions` are given by name."""
        return Page(self, audience, whose, options)

    # Short names for what is asked most.

    def classes(self, learner: Any = None, with_ended: bool = False) -> list[Any]:
        """Classes in reach. The same as :meth:`class_list`."""
        return self.class_list(learner=learner, with_ended=with_ended)

    def people(self, query: Any = None, **members: Any) -> list[Any]:
        """People in reach. The same as :meth:`person_list`."""
        return self.person_list(query, **members)

    def learners(self, class_id: Any) -> list[Any]:
        """Learners of a class today."""
        return self.person_list(class_id=class_id, role="learner")

    def mastery(self, query: Any = None, **members: Any) -> list[Any]:
        """Mastery in reach. The same as :meth:`learner_mastery_list`."""
        return self.learner_mastery_list(query, **members)

    def explain_mastery(self, learner: Any, competency: Any, language: str | None = None) -> Any:
        """Why a learner's mastery is what it is. The same as :meth:`learner_mastery_explain`."""
        return self.learner_mastery_explain(learner, competency, language)

    def goals(self, query: Any = None, **members: Any) -> list[Any]:
        """Goals in reach. The same as :meth:`goal_list`."""
        return self.goal_list(query, **members)

    def profile(self, learner: Any, language: str | None = None) -> Any:
        """The profile as one document. The same as :meth:`profile_get`."""
        return self.profile_get(learner, language)

    def recommend_groups(self, class_id: Any, rules: Any = None, **members: Any) -> int:
        """Recommends groups for a class and keeps the recommendation. The same as :meth:`grouping_recommend`."""
        return self.grouping_recommend(None, rules, class_id=class_id, **members)
