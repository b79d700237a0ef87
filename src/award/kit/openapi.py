"""What programs can read, described once: for the OpenAPI document and for people; pure.

A slice gives its operations with types and words. Schemas are made from the very types that
answers are written with and parameters are read by.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

Schema: TypeAlias = dict[str, Any]
JSON = "application/json"
_PIECE = re.compile(r"\{(\w+):\w+\}")
_REF = "#/components/schemas/{name}"
_REFUSED = (401, 404, 422, 429)
_TEXT: Schema = {"type": "string"}
_ID: Schema = {**_TEXT, "pattern": "^[a-z0-9]+$", "maxLength": 40}


class Nothing(msgspec.Struct, frozen=True):
    """The query of an address that asks for nothing more."""


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One address to be read. `asked` is the struct of its query, with words for each name.

    `path` is the route's; `fields` are words by the struct of an answer and its field.
    """

    path: str
    name: str
    summary: str
    text: str
    answer: Any
    in_path: Mapping[str, str] = {}
    asked: type[msgspec.Struct] = Nothing
    asked_words: Mapping[str, str] = {}
    fields: Mapping[str, Mapping[str, str]] = {}
    media_type: str = JSON
    is_list: bool = False

    @property
    def address(self) -> str:
        return _PIECE.sub(r"{\1}", self.path)

    @property
    def line(self) -> str:
        return f"GET {self.address}"


class Parameter(msgspec.Struct, frozen=True):
    """Something that is given with the address: `place` is path or query."""

    name: str
    place: str
    text: str
    schema: Schema


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What the document says by itself, in the reader's language.

    `answers` are by status, `headers` by name.
    """

    title: str
    text: str
    token: str
    answers: Mapping[int, str]
    headers: Mapping[str, str]


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A refusal (RFC 9457)."""

    type: str
    title: str
    status: int
    instance: str
    detail: str = ""
    errors: dict[str, str] = {}


def parameters(operation: Operation) -> list[Parameter]:
    """The names in the address, then those of its query."""
    named = [Parameter(name, "path", text, _ID) for name, text in operation.in_path.items()]
    return named + [
        Parameter(name, "query", operation.asked_words.get(name, ""), schema)
        for name, schema in query_schemas(operation.asked).items()
    ]


def query_schemas(asked: type[msgspec.Struct]) -> dict[str, Schema]:
    """What each name of a query may hold; all may be left out."""
    properties = msgspec.json.schema(asked)["$defs"][asked.__name__]["properties"]
    return {name: _given(schema) for name, schema in properties.items()}


def document(operations: Sequence[Operation], words: Words, server: str) -> Schema:
    """The OpenAPI 3.1 document."""
    _, schemas = msgspec.json.schema_components(
        [Problem, *(one.answer for one in operations)], ref_template=_REF
    )
    for one in operations:
        _tell(schemas, one.fields)
    return {
        "openapi": "3.1.0",
        "info": {"title": words.title, "version": "1", "description": words.text},
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": {one.address: {"get": _operation(one, words)} for one in operations},
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": words.token}
            },
            "schemas": schemas,
        },
    }


def _given(schema: Schema) -> Schema:
    """What may be sent: leaving a name out stands for null."""
    real = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    return {"type": "string", **real[0]} if real else schema


def _tell(schemas: dict[str, Schema], fields: Mapping[str, Mapping[str, str]]) -> None:
    for name, words in fields.items():
        for field, text in words.items():
            schemas[name]["properties"][field]["description"] = text


def _operation(operation: Operation, words: Words) -> Schema:
    given = parameters(operation)
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.text,
        "parameters": [*map(_parameter, given), _condition(words)],
        "responses": {
            "200": _answer(operation, words),
            "304": {"description": words.answers[304], "headers": _headers(["ETag"], words)},
            **{str(status): _problem(status, words) for status in _REFUSED},
        },
    }


def _parameter(one: Parameter) -> Schema:
    required = {"required": True} if one.place == "path" else {}
    return {
        "name": one.name,
        "in": one.place,
        **required,
        "description": one.text,
        "schema": one.schema,
    }


def _condition(words: Words) -> Schema:
    name = "If-None-Match"
    return {"name": name, "in": "header", "description": words.headers[name], "schema": _TEXT}


def _answer(operation: Operation, words: Words) -> Schema:
    [schema], _ = msgspec.json.schema_components([operation.answer], ref_template=_REF)
    names = ["ETag", "Link"] if operation.is_list else ["ETag"]
    return {
        "description": words.answers[200],
        "headers": _headers(names, words),
        "content": {operation.media_type: {"schema": schema}},
    }


def _problem(status: int, words: Words) -> Schema:
    schema = {"$ref": _REF.format(name=Problem.__name__)}
    headers = {401: ["WWW-Authenticate"], 429: ["Retry-After"]}.get(status, [])
    told = {"headers": _headers(headers, words)} if headers else {}
    content = {"application/problem+json": {"schema": schema}}
    return {"description": words.answers[status], **told, "content": content}


def _headers(names: Iterable[str], words: Words) -> Schema:
    return {name: {"description": words.headers[name], "schema": _TEXT} for name in names}
