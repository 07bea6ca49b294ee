"""Reads who imports whom from source, without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

Graph = Mapping[str, "Module"]


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its dotted name, its file, and the dotted names it imports, anywhere in it."""

    name: str
    path: Path
    imports: frozenset[str]


def read(root: Path, packages: Iterable[str]) -> dict[str, Module]:
    """Return every module below the ``packages`` of ``root`` by name; a missing package has none.

    Imports inside functions and ``if TYPE_CHECKING`` count, and so do ``import_module("name")`` and
    ``__import__("name")``. ``from package import name`` is the module ``package.name`` if there is one.
    """
    files = {
        _name(path.relative_to(root)): path
        for package in packages
        for path in sorted((root / package).rglob("*.py"))
    }
    return {
        name: Module(name, path, _imports(name, path, set(files))) for name, path in files.items()
    }


def cycle(graph: Graph) -> list[str]:
    """Return one circle of imports, its first module repeated at the end; empty if there is none."""
    edges = {name: module.imports & graph.keys() - {name} for name, module in graph.items()}
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(name: str, path: Path, known: set[str]) -> frozenset[str]:
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return frozenset(found for node in ast.walk(tree) for found in _targets(node, package, known))


def _targets(node: ast.AST, package: str, known: set[str]) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            base = _absolute(module or "", package, level)
            for alias in names:
                submodule = f"{base}.{alias.name}"
                yield submodule if submodule in known else base
        case ast.Call(
            func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
            args=[ast.Constant(value=str() as target), *_],
        ):
            yield target


def _absolute(module: str, package: str, level: int) -> str:
    if not level:
        return module
    above = package.split(".")[: len(package.split(".")) - level + 1]
    return ".".join([*above, module] if module else above)
