"""Generated messages: any value that the types of `protocol.messages` allow."""

import inspect
from functools import reduce
from operator import or_
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec.inspect import (
    BoolType,
    BytesType,
    DictType,
    EnumType,
    IntType,
    ListType,
    NoneType,
    StrType,
    StructType,
    TupleType,
    Type,
    UnionType,
    type_info,
)

from kopdesk.domain.values import INT_MAX, INT_MIN
from kopdesk.protocol import messages

KINDS: list[type[msgspec.Struct]] = [
    kind
    for _, kind in inspect.getmembers(messages, inspect.isclass)
    if issubclass(kind, msgspec.Struct) and kind.__module__ == messages.__name__
]
"""Every message and every part of one."""


def any_of(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Messages of a kind."""
    return _any(type_info(kind))


def _any(found: Type) -> st.SearchStrategy[Any]:
    match found:
        case NoneType():
            return st.none()
        case BoolType():
            return st.booleans()
        case IntType():
            least = INT_MIN if found.ge is None else found.ge
            return st.integers(least, INT_MAX if found.le is None else found.le)
        case StrType():
            return st.text(st.characters(codec="utf-8"), max_size=min(found.max_length or 12, 12))
        case BytesType():
            least = found.min_length or 0
            return st.binary(min_size=least, max_size=max(least, min(found.max_length or 20, 20)))
        case EnumType():
            return st.sampled_from(list(found.cls))
        case UnionType():
            return reduce(or_, map(_any, found.types))
        case ListType():
            return st.lists(_any(found.item_type), max_size=2)
        case TupleType():
            return st.tuples(*map(_any, found.item_types))
        case DictType():
            return st.dictionaries(_any(found.key_type), _any(found.value_type), max_size=2)
        case StructType():
            return st.builds(found.cls, **{field.name: _any(field.type) for field in found.fields})
        case _:
            raise TypeError(f"no such type on the wire yet: {found}")
