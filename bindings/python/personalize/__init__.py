"""libpersonalize: learner profiles, goals, assessment cycles and grouping recommendations.

    import personalize

    with personalize.Store.create("school.db", name="Riverside", time_zone="Europe/Lisbon") as store:
        with store.service("nightly import", personalize.Scope.IMPORT, purpose="roster") as importer:
            report = importer.import_oneroster("roster.zip", mode="lenient")
        with store.actor("teacher-7", personalize.Role.TEACHER, purpose="class page") as teacher:
            for school_class in teacher.classes():
                groups = teacher.recommend_groups(school_class, strategy="need", size_min=3, size_max=5, seed=1)

docs/python.md is the guide. Every function of the C headers is a method of Store or Actor, or a function of this module.
"""
from __future__ import annotations

from . import _enums, _exceptions, _methods, _records
from ._base import Record
from ._columns import Evidence, columns
from ._enums import *
from ._errors import Error, WrongTypeError
from ._exceptions import *
from ._methods import *
from ._pages import Chart, Page
from ._records import *
from ._store import Actor, Change, Store
from ._strategy import compare

__version__ = _methods.version()
__all__ = ["Actor", "Change", "Chart", "Error", "Evidence", "Page", "Record", "Store", "WrongTypeError", "columns", "compare"]
__all__ += _enums.__all__ + _records.__all__ + _methods.__all__ + _exceptions.__all__
