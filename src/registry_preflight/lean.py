"""What the start path takes of typing, enum, functools and re, without importing them.

Those four, with what they import themselves, take longer than a registry takes to start. To a type checker the names
below are the library's own; at run time they are the same things made small. `tests/test_lean.py` compares the two.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal as signal
    from enum import StrEnum as StrEnum
    from functools import cache as cache
    from functools import cached_property as cached_property
    from functools import lru_cache as lru_cache
    from functools import partial as partial
    from importlib import import_module as import_module
    from typing import Any as Any
    from typing import NamedTuple as NamedTuple
    from typing import cast as cast

else:  # what is imported here is a part of the interpreter itself
    import _signal as signal  # noqa: F401
    from _collections import _tuplegetter
    from _functools import _lru_cache_wrapper, partial  # noqa: F401
    from sys import modules

    Any = object

    def import_module(name):
        """`importlib.import_module`, of an absolute name."""
        __import__(name)
        return modules[name]

    def cast(type, value):
        """The value itself: only a type checker sees another type."""
        return value

    class CacheInfo(tuple):
        """Hits, misses, most entries, entries."""

    def lru_cache(maxsize=128):
        """`functools.lru_cache`: the same cache, in C."""

        def keep(function):
            kept = _lru_cache_wrapper(function, maxsize, False, lambda *counts: CacheInfo(counts))
            kept.__wrapped__ = function
            for name in ("__module__", "__name__", "__qualname__", "__doc__"):
                setattr(kept, name, getattr(function, name))
            return kept

        return keep

    cache = lru_cache(None)

    class cached_property:
        """`functools.cached_property`, without the lock that its newer versions dropped, too."""

        def __init__(self, function):
            self.function = function
            self.__doc__ = function.__doc__

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            value = instance.__dict__[self.name] = self.function(instance)
            return value

    class _Words(type):
        """The type of a `StrEnum`: each text in its body becomes a member, the one with that value."""

        def __new__(meta, name, bases, namespace):
            words = {key: value for key, value in namespace.items() if key[0] != "_" and type(value) is str}
            made = type.__new__(meta, name, bases, {key: namespace[key] for key in namespace if key not in words})
            members = {}
            for key, value in words.items():
                member = str.__new__(made, value)
                member.name = member._name_ = key
                member.value = member._value_ = value
                members[key] = member
                type.__setattr__(made, key, member)
            made.__members__ = members
            made._by_value = {member.value: member for member in members.values()}
            return made

        def __call__(cls, value):
            try:
                return cls._by_value[value]
            except KeyError:
                raise ValueError(f"{value!r} is not a valid {cls.__qualname__}") from None

        def __iter__(cls):
            return iter(cls.__members__.values())

        def __len__(cls):
            return len(cls.__members__)

        def __contains__(cls, value):
            return isinstance(value, cls) or value in cls._by_value

        def __getitem__(cls, name):
            return cls.__members__[name]

        def __setattr__(cls, name, value):
            if name in cls.__dict__.get("__members__", ()):
                raise AttributeError(f"cannot reassign member {name!r}")
            type.__setattr__(cls, name, value)

    class StrEnum(str, metaclass=_Words):
        """`enum.StrEnum`: a few words, each one object."""

        def __repr__(self):
            return f"<{type(self).__name__}.{self.name}: {self.value!r}>"

        def __reduce_ex__(self, protocol):
            return type(self), (self.value,)

        def __copy__(self):
            return self

        def __deepcopy__(self, memo):
            return self

    class _Record(tuple):
        """What every `NamedTuple` can do."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes):
            made = tuple.__new__(type(self), map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        __replace__ = _replace

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            values = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({values})"

    class _Fields(type):
        """The type of a `NamedTuple`'s class statement: its annotations become the fields of a tuple."""

        def __new__(meta, name, bases, namespace):
            if name == "NamedTuple":
                return type.__new__(meta, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = tuple(namespace[field] for field in fields if field in namespace)
            namespace["__new__"] = _maker(name, fields, defaults)
            for at, field in enumerate(fields):
                namespace[field] = _tuplegetter(at, f"Alias for field number {at}")
            namespace["__slots__"] = ()
            namespace["_fields"] = namespace["__match_args__"] = fields
            namespace["_field_defaults"] = dict(zip(fields[len(fields) - len(defaults) :], defaults, strict=True))
            return type(name, (_Record,), namespace)

    class NamedTuple(metaclass=_Fields):
        """`typing.NamedTuple`, in its class form."""

    def _maker(name, fields, defaults):
        """The `__new__` of a tuple with these fields: the one that was written for so many, with their names."""
        pattern = _MAKERS[len(fields)]
        code = pattern.__code__.replace(co_varnames=("_cls", *fields), co_name="__new__", co_qualname=f"{name}.__new__")
        return type(pattern)(code, globals(), "__new__", defaults)

    _new = tuple.__new__
    # fmt: off
    _MAKERS = (
        lambda _cls: _new(_cls, ()),
        lambda _cls, a: _new(_cls, (a,)),
        lambda _cls, a, b: _new(_cls, (a, b)),
        lambda _cls, a, b, c: _new(_cls, (a, b, c)),
        lambda _cls, a, b, c, d: _new(_cls, (a, b, c, d)),
        lambda _cls, a, b, c, d, e: _new(_cls, (a, b, c, d, e)),
        lambda _cls, a, b, c, d, e, f: _new(_cls, (a, b, c, d, e, f)),
        lambda _cls, a, b, c, d, e, f, g: _new(_cls, (a, b, c, d, e, f, g)),
        lambda _cls, a, b, c, d, e, f, g, h: _new(_cls, (a, b, c, d, e, f, g, h)),
        lambda _cls, a, b, c, d, e, f, g, h, i: _new(_cls, (a, b, c, d, e, f, g, h, i)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j: _new(_cls, (a, b, c, d, e, f, g, h, i, j)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k, m)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m, n: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k, m, n)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m, n, o: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, o)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m, n, o, p: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, o, p)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m, n, o, p, q: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, o, p, q)),
    )
    # fmt: on
