"""moto as it is, without what makes it slow for us; tests/test_light_moto.py holds it against moto untouched.

* For each part of a transaction moto copies the part's whole table, stream and all. Here one copy serves the whole
  transaction, and of the items only those it names are copied: the others it cannot change.
* Every KMS key, also a symmetric one, gets an RSA key of its own. Here those that nobody can sign with share one.
* Answers are serialized through aliases of names, ten for each attribute value. Here a plain value is taken as it is,
  and what DynamoDB answers by its own names.
* A call is signed, made an HTTP request, found again by its address among all of AWS and read anew. Here a call of
  DynamoDB or KMS, which nearly all are, is handed over as botocore wrote it, and the answer as moto wrote it.
* A client is made of AWS's models anew for each cloud. Here it is made once, and stripped of what a test hung on it.
* A queue spells each of its fourteen attributes' names letter by letter. Here a name is spelled once.
* All addresses of AWS are also laid before `requests`, a thousand times for each cloud. Nobody here asks by that.
* An expression is read anew at each call. Here what depends on its text alone is read once.
* An update is copied with `deepcopy` and walked ten times, each node asking anew what its walk is for, and two of the
  walks look through all that is below each node. Here a walk knows it beforehand, and those two look once, from the
  top; only what they refuse is walked as moto does it, for its words.
"""

import copy
import functools
import os
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final

import boto3
import pytest
from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.client import BaseClient
from moto.core import models, responses, serialize
from moto.core import utils as moto_utils
from moto.core.botocore_stubber import MockRawResponse
from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table
from moto.dynamodb.parsing.ast_nodes import DepthFirstTraverser, Node  # type: ignore[attr-defined]
from moto.dynamodb.parsing.expressions import UpdateExpressionParser  # type: ignore[attr-defined]
from moto.dynamodb.parsing.validators import ActionCountValidator, OverlappingPathsValidator
from moto.dynamodb.responses import DynamoHandler
from moto.kms import models as kms
from moto.kms.responses import KmsResponse
from moto.kms.utils import generate_private_key
from moto.sqs import models as sqs


class _Copies(threading.local):
    """The copies of the transaction that this thread is in the middle of; None outside of one."""

    parts: list[Any] | None = None
    made: dict[str, Table]


_copies: Final = _Copies()
_HANDLERS: Final[dict[str, Callable[[], Any]]] = {"dynamodb": DynamoHandler, "kms": KmsResponse}


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lighten moto until the end of the test."""
    json = serialize.BaseJSONSerializer
    monkeypatch.setattr(DynamoDBBackend, "transact_write_items", _transaction(DynamoDBBackend.transact_write_items))
    monkeypatch.setattr(Table, "__deepcopy__", _copy_table, raising=False)
    monkeypatch.setattr(UpdateExpressionParser, "make", _parsed_update)
    monkeypatch.setattr(Node, "__deepcopy__", _copy_node, raising=False)
    monkeypatch.setattr(DepthFirstTraverser, "traverse", _walk)
    for check in (ActionCountValidator, OverlappingPathsValidator):
        monkeypatch.setattr(check, "traverse", _check_once, raising=False)
    monkeypatch.setattr(ConditionExpressionParser, "parse", _parse_condition)
    monkeypatch.setattr(ConditionExpressionParser, "_make_operand", _operand(ConditionExpressionParser._make_operand))
    monkeypatch.setattr(json, "_serialize_type_structure", _structure(json._serialize_type_structure))
    monkeypatch.setattr(json, "get_value", _own_name(json.get_value))
    monkeypatch.setattr(kms, "generate_private_key", _make_key)
    monkeypatch.setattr(responses, "method_names_from_class", _method_names)
    monkeypatch.setattr(responses, "camelcase_to_underscores", _underscored)
    monkeypatch.setattr(sqs, "camelcase_to_underscores", _underscored)
    monkeypatch.setattr(models, "RESPONSES_METHODS", [])
    monkeypatch.setattr(boto3, "client", _made_once(boto3.client))
    client: Any = BaseClient
    monkeypatch.setattr(client, "_make_request", _handed_over(client._make_request))


def _handed_over(real: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(real)
    def make_request(self: Any, operation: Any, request: dict[str, Any], context: dict[str, Any]) -> Any:
        made_for = _HANDLERS.get(self.meta.service_model.service_name)
        if made_for is None or not models.botocore_stubber.enabled:
            return real(self, operation, request, context)
        status, headers, body = _ask(made_for(), request, self.meta.region_name)
        answer = {"status_code": status, "headers": HeadersDict(headers), "body": body, "context": {}}
        endpoint = self._endpoint
        parser = endpoint._response_parser_factory.create_parser(operation.service_model.resolved_protocol)
        parsed = parser.parse(answer, operation.output_shape)
        if status >= 300:
            endpoint._add_modeled_error_fields(answer, parsed, operation, parser)
        parsed["ResponseMetadata"]["RetryAttempts"] = 0
        response: Any = AWSResponse
        return response(request["url"], status, answer["headers"], MockRawResponse(body)), parsed

    return make_request


_clients: Final[dict[tuple[str, ...], tuple[Any, Any]]] = {}
"""Every client that was made, and what listened to it then."""


def _made_once(real: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(real)
    def client(service: str, region_name: str | None = None, **options: Any) -> Any:
        options["region_name"] = region_name
        config = options.pop("config", None)
        named = [f"{name}={value}" for name, value in sorted(options.items())]
        around = [os.environ.get(name, "") for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_ENDPOINT_URL")]
        key = (service, *named, *around, repr(getattr(config, "_user_provided_options", None)))
        if key not in _clients:
            made = real(service, config=config, **options)
            _clients[key] = made, copy.copy(made.meta.events)
        made, listening = _clients[key]
        if _lookups(made.meta.events) is not _lookups(listening):
            made.meta.events = made._endpoint._event_emitter = copy.copy(listening)
        return made

    return client


def _lookups(events: Any) -> object:
    """What an emitter has looked up: a copy shares it until somebody begins or ceases to listen."""
    return events._emitter._lookup_cache


def _ask(handler: Any, request: dict[str, Any], region: str) -> tuple[int, dict[str, Any], bytes]:
    """What moto answers to a request, as botocore wrote it."""
    headers = HeadersDict(request["headers"])
    handler.headers, handler.querystring, handler.response_headers, handler.uri_match = headers, {}, {}, {}
    handler.region, handler.current_account = region, models.DEFAULT_ACCOUNT_ID
    handler.body = request["body"].decode()
    asked = {"method": "POST", "path": "/", "values": {}, "headers": headers, "data": request["body"]}
    handler.parse_parameters(SimpleNamespace(**asked, content_type=headers["Content-Type"]))
    status, answered, body = handler.call_action()
    return status, answered, body if isinstance(body, bytes) else body.encode()


@functools.cache
def _underscored(name: str) -> str:
    return moto_utils.camelcase_to_underscores(name)


@functools.cache
def _method_names(of: object) -> list[str]:
    return moto_utils.method_names_from_class(of)


def _transaction(real: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    @functools.wraps(real)
    def transact(self: Any, transact_items: list[dict[str, Any]]) -> None:
        _copies.parts, _copies.made = [next(iter(item.values())) for item in transact_items], {}
        try:
            real(self, transact_items)
        finally:
            _copies.parts = None

    return transact


def _copy_table(table: Any, memo: dict[int, Any]) -> Any:
    if _copies.parts is None:
        memo[id(table)] = made = copy.copy(table)
        vars(made).update((name, copy.deepcopy(value, memo)) for name, value in vars(table).items())
        return made
    if table.name not in _copies.made:
        _copies.made[table.name] = _light_copy(
            table, [part for part in _copies.parts if part["TableName"] == table.name]
        )
    return _copies.made[table.name]


def _light_copy(table: Any, parts: list[dict[str, Any]]) -> Any:
    made = copy.copy(table)
    made.items = copy.copy(table.items)
    for key in (part.get("Key") or part["Item"] for part in parts if part["TableName"] == table.name):
        row, at = made.items, DynamoType(key[table.hash_key_attr])
        if table.range_key_attr is not None and at in row:
            row[at] = row = copy.copy(row[at])
            at = DynamoType(key[table.range_key_attr])
        if at in row:
            row[at] = copy.deepcopy(row[at])
    if table.stream_shard is not None:
        made.stream_shard = copy.copy(table.stream_shard)
        made.stream_shard.table, made.stream_shard.items = made, list(table.stream_shard.items)
    return made


_make: Final = UpdateExpressionParser.make
_traverse: Final = DepthFirstTraverser.traverse
_parse: Final = ConditionExpressionParser.parse


@functools.cache
def _parsed_update(expression: str) -> Any:
    """Nobody changes it: who validates it copies it first."""
    return _make(expression)


def _copy_node(node: Any, memo: dict[int, Any]) -> Any:
    """A tree of its own; the names and values in its leaves cannot be changed."""
    made = copy.copy(node)
    made.parent = None
    if node.children is not None:
        made.children = [_copy_node(child, memo) if isinstance(child, Node) else child for child in node.children]
        for child in made.children:
            if isinstance(child, Node):
                child.parent = made
    return made


def _walk(self: Any, root: Any) -> Any:
    """The nodes from the leaves up, each handed to what the walk does with its kind."""
    hooked = type(self).pre_processing_of_child is not DepthFirstTraverser.pre_processing_of_child
    before = self.pre_processing_of_child if hooked else None
    return _visit(root, -1, before, self._processing_map(), {})


def _visit(node: Any, at: int, before: Any, deeds: dict[type, Any], known: dict[type, Any]) -> Any:
    kind = type(node)
    if kind not in known:
        known[kind] = _deed(kind, deeds)
    deed = known[kind]
    if deed is _LEAF:
        return node
    parent = node.parent
    for below, child in enumerate(node.children or ()):
        if before is not None:
            before(node, below)
        _visit(child, below, before, deeds, known)
    if deed is not None:
        node = deed(node)
        node.parent = parent
        if parent:
            parent.children[at] = node
    return node


_LEAF: Final = object()


def _deed(kind: type, deeds: dict[type, Any]) -> Any:
    """What is done with nodes of a kind; None for nothing, _LEAF for what is no node."""
    if not issubclass(kind, Node):
        return _LEAF
    return next((deed for of, deed in deeds.items() if issubclass(kind, of)), None)


def _check_once(self: Any, root: Any) -> Any:
    """What the checks of clauses and paths find below any node, they find below the root."""
    (check,) = self._processing_map().values()
    try:
        return check(root)
    except Exception:  # noqa: BLE001 - whatever it is, moto says it in its own order
        return _traverse(self, root)


class _Tree(ConditionExpressionParser):
    """Reads a condition, and gives back its nodes."""

    def _make_op_condition(self, node: Any) -> Any:
        return node


_trees: Final[dict[Any, tuple[Any, list[str], list[str]]]] = {}
"""By text, names and the names of the values: the nodes, and which names and values they use."""


def _parse_condition(self: Any) -> Any:
    names, values = self.expression_attribute_names, self.expression_attribute_values
    if not self.condition_expression:
        return _parse(self)
    key = (self.condition_expression, *sorted((names or {}).items())), frozenset(values or ())
    if key not in _trees:
        tree = _Tree(self.condition_expression, names, values)
        _trees[key] = _parse(tree), tree.expr_attr_names_found, tree.expr_attr_values_found
    root, named, valued = _trees[key]
    self.expr_attr_names_found.extend(named)
    self.expr_attr_values_found.extend(valued)
    return self._make_op_condition(root)


def _operand(real: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    @functools.wraps(real)
    def make(self: Any, node: Any) -> Any:
        if node.kind == self.Kind.EXPRESSION_ATTRIBUTE_VALUE:
            node = node._replace(value=self.expression_attribute_values[node.text])
        return real(self, node)

    return make


def _make_key(spec: str) -> Any:
    return _symmetric() if spec == "SYMMETRIC_DEFAULT" else generate_private_key(spec)


@functools.cache
def _symmetric() -> Any:
    return generate_private_key("SYMMETRIC_DEFAULT")


def _structure(real: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(real)
    def structure(self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
        if shape.name == "AttributeValue" and _is_plain(value):
            self._default_serialize(serialized, value, shape, key)
        else:
            real(self, serialized, value, shape, key)

    return structure


def _own_name(real: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(real)
    def get_value(self: Any, value: Any, key: str, shape: Any) -> Any:
        named = type(value) is dict and self.operation_model.service_model.service_name == "dynamodb"
        return value.get(key) if named else real(self, value, key, shape)

    return get_value


def _is_plain(value: Any) -> bool:
    """Whether it is {"S": text} or {"N": digits}: nearly every attribute."""
    return type(value) is dict and len(value) == 1 and type(value.get("S", value.get("N"))) is str
