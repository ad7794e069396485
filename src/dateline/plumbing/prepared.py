"""
Queries that are compiled once.

Django writes the SQL of a query anew each time that it is asked, which takes it several
times as long as SQLite takes to answer from an index. What a reader or an act waits for
is therefore prepared: the query is built with places for its values, compiled when it
is first asked, and only bound and run from then on. Rows come back as the models,
tuples or values that the query would have given.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
_AS_THEY_ARE = frozenset((int, str, bool))
#: With a longer list a query is asked as Django would.
LONGEST = 1024


class Prepared(Generic[Row]):
    """
    A query, built by `build` out of places for its values.

    `build` is given a place for each keyword of the call, and what comes without a
    keyword as it is: that shapes the query (a limit, a column), and each shape is
    compiled by itself::

        _newest = Prepared(
            lambda limit, *, key: Listing.objects.filter(key=key)[:limit]
        )
        rows = _newest(20, key="world")

    A place stands where a value may, in a lookup of `filter`. That of a list stands
    after ``__in``; lists are filled up to powers of two, for which statements are kept.
    A value is bound as its type is: a relation is asked for by key, and a column that
    keeps values in a form of its own (JSON) not at all. With None, which SQL asks for
    in other words, or an empty or very long list, the query is asked as Django would.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._compiled: dict[Any, _Compiled[Row]] = {}

    def __call__(self, *shape: Any, **values: Any) -> list[Row]:
        """Return the rows, as a list."""
        if not all(map(_has_place, values.values())):
            return list(self._build(*shape, **values))
        filled = {name: _filled(value) for name, value in values.items()}
        lengths = {
            name: len(value) if isinstance(value, list) else None
            for name, value in filled.items()
        }
        key = connection.vendor, shape, tuple(lengths.items())
        if key not in self._compiled:
            self._compiled[key] = self._compile(shape, lengths)
        return self._compiled[key].ask(filled)

    def first(self, *shape: Any, **values: Any) -> Row | None:
        """Return the first of the rows; `build` should have limited them to one."""
        rows = self(*shape, **values)
        return rows[0] if rows else None

    def _compile(
        self, shape: tuple[Any, ...], lengths: dict[str, int | None]
    ) -> "_Compiled[Row]":
        places = {name: _Place(name, length) for name, length in lengths.items()}
        rows = self._build(*shape, **places)
        compiler = rows.query.get_compiler(connection=connections[rows.db])
        statement, bound = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        return _Compiled(rows, compiler, statement, tuple(bound), converters)


def _has_place(value: Any) -> bool:
    if isinstance(value, list):
        return 0 < len(value) <= LONGEST and None not in value
    return value is not None


def _filled(value: Any) -> Any:
    """Return a list filled up to a length that is kept, by what it ends with."""
    if not isinstance(value, list):
        return value
    kept = 1 << (len(value) - 1).bit_length()
    return value + value[-1:] * (kept - len(value))


@dataclass(frozen=True, slots=True)
class _Compiled(Generic[Row]):
    rows: QuerySet[Any, Row]
    compiler: SQLCompiler
    statement: str
    bound: tuple[Any, ...]
    converters: dict[int, Any]

    def ask(self, values: dict[str, Any]) -> list[Row]:
        database = connections[self.rows.db]
        parameters = tuple(
            one.value(values, database) if isinstance(one, _Bound) else one
            for one in self.bound
        )
        compiler: Any = copy(self.compiler)
        compiler.connection = database
        compiler.get_converters = lambda _columns: self.converters
        compiler.as_sql = lambda *_args, **_kwargs: (self.statement, parameters)
        rows: Any = self.rows.all()
        rows.query.get_compiler = lambda *_args, **_kwargs: compiler
        return list(rows)


@dataclass(frozen=True, slots=True)
class _Bound:
    """Where a value goes among the parameters of a statement."""

    name: str
    index: int | None = None

    def value(self, values: dict[str, Any], database: BaseDatabaseWrapper) -> Any:
        value = values[self.name]
        if self.index is not None:
            value = value[self.index]
        if isinstance(value, Enum):
            value = value.value
        if type(value) in _AS_THEY_ARE:
            return value
        return Value(value).output_field.get_db_prep_value(value, database)


class _Place(Expression):
    """A value, or a list of so many, that is not known yet."""

    def __init__(self, name: str, length: int | None) -> None:
        super().__init__()
        self.name, self.length = name, length

    def as_sql(self, _compiler: SQLCompiler, _database: BaseDatabaseWrapper) -> Any:
        if self.length is None:
            return "%s", [_Bound(self.name)]
        places = ", ".join(["%s"] * self.length)
        return f"({places})", [_Bound(self.name, n) for n in range(self.length)]


def fill_relation(row: Model, name: str, found: Sequence[Model]) -> None:
    """Have a relation to many hold these rows, as `prefetch_related` would."""
    relation = getattr(row, name).get_queryset()
    relation._result_cache = list(found)
    relation._prefetch_done = True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = relation
