"""Describes the HTTP interface as OpenAPI 3.1, from the structs that really are sent."""

from typing import Any

import msgspec

from kopdesk import __version__
from kopdesk.protocol import messages
from kopdesk.protocol.messages import (
    Batch,
    EnrolRequest,
    EnrolResponse,
    Problem,
    Receipt,
    Request,
    Response,
    Signed,
)

Json = dict[str, Any]

_REF = "#/components/schemas/{name}"
_SYNC_TYPE = "application/vnd.kopdesk.sync"
_SYNC = (
    "One round trip of synchronisation. The body is a `Signed` whose `body` holds an encoded `Request`, in "
    "the coding of the outer message: msgpack, or JSON with bytes in base64. The answer is a `Signed` with "
    "an encoded `Response` in the same coding. `Request.batch` is signed by itself and holds a `Batch`, "
    "`Response.receipt` a `Receipt`. Structs are arrays in the order of their fields. Signatures are Ed25519 "
    "over the uncompressed inner bytes. In JSON, integers may exceed 2^53 and are never written with a "
    "fraction. zstd and gzip are understood; zstd is answered to who accepts it."
)
_CODINGS = {"enum": ["zstd", "gzip", "identity"], "type": "string"}


def description() -> Json:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kopdesk synchronisation",
            "version": __version__,
            "summary": "The contract between laptops of business assistants and a central server.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/sync/v1": {"post": _sync()},
            "/enrol/v1": {"post": _enrol()},
            "/openapi.json": {"get": _get("openapi", "This description.", {"type": "object"})},
            "/health": {"get": _get("health", "A sign of life.", _health())},
        },
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _sync() -> Json:
    return {
        "operationId": "sync",
        "summary": "Synchronise",
        "description": _SYNC,
        "security": [{"token": []}],
        "parameters": [
            {"name": "Content-Encoding", "in": "header", "required": False, "schema": _CODINGS},
        ],
        "requestBody": {"required": True, "content": _either("SignedRequest")},
        "responses": {
            "200": {"description": "Done.", "content": _either("SignedResponse")},
            **_problems(400, 401, 403, 408, 413, 415, 500, 503),
        },
    }


def _enrol() -> Json:
    return {
        "operationId": "enrol",
        "summary": "Make a device known",
        "description": "A person proves who he is with his password, and that he holds the device's key with "
        "a signature over `kopdesk enrolment`, a zero byte and the user name.",
        "requestBody": {"required": True, "content": _json("EnrolRequest")},
        "responses": {
            "200": {"description": "Known.", "content": _json("EnrolResponse")},
            **_problems(400, 401, 403, 408, 413, 415, 429, 500, 503),
        },
    }


def _get(name: str, summary: str, schema: Json) -> Json:
    answer = {"description": "As it says.", "content": {"application/json": {"schema": schema}}}
    return {"operationId": name, "summary": summary, "responses": {"200": answer}}


def _health() -> Json:
    return {"type": "object", "properties": {"status": {"const": "ok"}}, "required": ["status"]}


_MEANINGS = {
    400: "Not a message, or not one that fits together.",
    401: "Nobody known: enrol again.",
    403: "Known, and not served: the device is revoked or the account closed.",
    408: "The body came too slowly.",
    413: "Too large.",
    415: "A media type or content coding that is not understood.",
    429: "Too many wrong passwords: wait.",
    500: "The server has a bug. Nothing was changed.",
    503: "The server cannot store anything now. Nothing was changed.",
}


def _problems(*statuses: int) -> Json:
    return {
        str(status): {
            "description": _MEANINGS[status],
            "content": _json("Problem"),
            **({"headers": {"Retry-After": {"schema": {"type": "integer"}}}} if status in (429, 503) else {}),
        }
        for status in statuses
    }


def _json(name: str) -> Json:
    return {"application/json": {"schema": {"$ref": _REF.format(name=name)}}}


def _either(name: str) -> Json:
    schema = {"$ref": _REF.format(name=name)}
    packed = {"description": "The same arrays in msgpack.", "$ref": _REF.format(name=name)}
    return {"application/json": {"schema": schema}, _SYNC_TYPE: {"schema": packed}}


def _schemas() -> Json:
    kinds = (Signed, Request, Response, Batch, Receipt, EnrolRequest, EnrolResponse, Problem)
    _, schemas = msgspec.json.schema_components(kinds, ref_template=_REF)
    for kind in vars(messages).values():
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__struct_config__.array_like:
            _name_fields(kind, schemas.get(kind.__name__, {}))
    for outer, inner in (("SignedRequest", "Request"), ("SignedResponse", "Response")):
        schemas[outer] = _signed(schemas["Signed"], inner)
    return dict(sorted(schemas.items()))


def _name_fields(kind: type[msgspec.Struct], schema: Json) -> None:
    """Arrays carry no names, readers want them."""
    for field, item in zip(msgspec.structs.fields(kind), schema.get("prefixItems", ()), strict=False):
        item["title"] = field.name


def _signed(schema: Json, inner: str) -> Json:
    """`Signed`, with what is inside named."""
    body, *others = schema["prefixItems"]
    content = {"contentMediaType": "application/json", "contentSchema": {"$ref": _REF.format(name=inner)}}
    return {**schema, "title": f"Signed{inner}", "prefixItems": [{**body, **content}, *others]}
