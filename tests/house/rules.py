"""The rules of the house that an import contract cannot hold: each takes a source and names what breaks it."""

import ast
from collections.abc import Iterator

from tests.house.sources import Source

ALWAYS_WRITES = {
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "acreate",
    "asave",
    "adelete",
    "aupdate",
}
# these names also belong to dictionaries, hashes, files and documents, which take what they work on by position
WRITES_WITHOUT_POSITION = {"save", "delete", "update"}
CLOCK_READS = {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "localtime"),
    ("time", "time_ns"),
}
WEB_MODULES = ("django.shortcuts", "django.views", "django.forms", "django.http", "django_htmx")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def database_writes(source: Source) -> Iterator[str]:
    """Calls that write through Django's models, outside commands modules."""
    if source.is_in_commands():
        return
    for call in _method_calls(source):
        name = call.func.attr  # type: ignore[attr-defined]
        if name in ALWAYS_WRITES or (name in WRITES_WITHOUT_POSITION and _is_model_write(call, name)):
            yield f"{source.path}:{call.lineno} .{name}("


def _is_model_write(call: ast.Call, name: str) -> bool:
    if call.args:
        return False
    return bool(call.keywords) if name == "update" else True


def malformed_commands(source: Source) -> Iterator[str]:
    """Public functions of a commands module that are not keyword-only, lack actor or now, or lack @command.

    A file of commands/ whose name starts with an underscore holds what several commands share, and is no command.
    """
    file = source.path.split("/")[-1]
    if not source.is_in_commands() or (file.startswith("_") and file != "__init__.py"):
        return
    for node in source.tree.body:
        if isinstance(node, FUNCTIONS) and not node.name.startswith("_"):
            yield from (f"{source.path}:{node.lineno} {node.name}: {fault}" for fault in _command_faults(node))


def _command_faults(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    arguments = node.args
    if arguments.posonlyargs or arguments.args or arguments.vararg:
        yield "takes arguments by position"
    missing = {"actor", "now"} - {argument.arg for argument in arguments.kwonlyargs}
    if missing:
        yield f"does not take {' and '.join(sorted(missing))}"
    if "command" not in {ast.unparse(decorator).split(".")[-1] for decorator in node.decorator_list}:
        yield "is not decorated with @command"


def clock_reads(source: Source) -> Iterator[str]:
    """Calls that ask what time it is."""
    for call in _method_calls(source):
        owner = ast.unparse(call.func.value).split(".")[-1]  # type: ignore[attr-defined]
        name = call.func.attr  # type: ignore[attr-defined]
        converts = name in {"localtime", "localdate"} and (call.args or call.keywords)
        if (owner, name) in CLOCK_READS and not converts:
            yield f"{source.path}:{call.lineno} {owner}.{name}()"


def web_imports(source: Source) -> Iterator[str]:
    """Imports of what makes pages: views, forms, requests and responses."""
    for node in ast.walk(source.tree):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        if any(module == web or module.startswith(f"{web}.") for module in modules for web in WEB_MODULES):
            yield f"{source.path}:{node.lineno} {ast.unparse(node)}"


def long_functions(source: Source, limit: int) -> Iterator[str]:
    """Functions of more than `limit` lines, decorators and docstring counted."""
    for node in ast.walk(source.tree):
        if isinstance(node, FUNCTIONS):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > limit:
                yield f"{source.path}:{node.lineno} {node.name}: {length} lines"


def confusing_names(source: Source) -> Iterator[str]:
    """Modules and things whose names Django or a worker library already means something else by."""
    if source.path.split("/")[-1] in {"tasks.py", "signals.py"}:
        yield f"{source.path}: background work is jobs.py, a Task is 任务"
    for node in ast.walk(source.tree):
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and node.name == "Signal":
            yield f"{source.path}:{node.lineno} Signal is Django's; ours is Light"


def _method_calls(source: Source) -> Iterator[ast.Call]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node
