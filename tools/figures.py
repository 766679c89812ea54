#!/usr/bin/env python3
"""Prints how the code is cut: lengths of methods and files, sizes of packages, widths of records and constructors, cycles.

Usage: tools/figures.py [ROOT]    (make figures)

The figures are bearings, not limits: nothing checks them. "Product" is what the distribution has; the columns beside it show
each of its modules. Java is read by a small scanner, not by a compiler: strings and comments are blanked, braces counted.
"""
import re
import sys
from pathlib import Path
from statistics import median

PRODUCT = ["common", "ipfs-codec", "embedded-kafka", "scanner-agent", "ipfs-enricher", "sql-writer", "sync-monitor", "standalone", "cli"]
OURS = "io.tokensync."
LONG_METHOD = 30
WIDE_CONSTRUCTOR = 6

BLANKED = re.compile(r'"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.DOTALL)
TYPE = re.compile(r"(?<![\w.])(?:class|interface|enum|record)\s+([A-Z]\w*)")
RECORD = re.compile(r"(?<![\w.])record\s+([A-Z]\w*)\s*(?:<[^({]*>)?\s*\(")
ANNOTATION = re.compile(r"@(?!interface\b)[\w.]+\s*(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?")
CALLABLE = re.compile(r"(\w+)\s*\((.*)\)\s*(?:throws[\w\s.,<>?@]+)?$", re.DOTALL)
CONTROL = {"if", "for", "while", "switch", "catch", "try", "synchronized", "return", "new", "else", "do"}
IMPORT = re.compile(r"^import\s+(?:static\s+)?(io\.tokensync(?:\.[a-z]\w*)+)\.[A-Z*]", re.MULTILINE)
PACKAGE = re.compile(r"^package\s+([\w.]+);", re.MULTILINE)


def blank(source):
    """Strings and comments as nothing, each line where it was."""
    def nothing(match):
        text = match.group()
        return ("" if text.startswith("/") else '""') + "\n" * text.count("\n")
    return BLANKED.sub(nothing, source)


def split(parameters):
    """The number of parameters in the text between two parentheses."""
    depth, count = 0, 1
    for character in parameters:
        depth += (character in "<([") - (character in ">)]")
        count += character == "," and depth == 0
    return count if parameters.strip() else 0


def closing(text, opening):
    """The position of the parenthesis that closes the one at this position."""
    depth = 0
    for position in range(opening, len(text)):
        depth += (text[position] == "(") - (text[position] == ")")
        if depth == 0:
            return position
    return len(text)


class JavaFile:
    """A file of Java, and what can be counted in it."""

    def __init__(self, path):
        source = path.read_text(encoding="utf-8")
        self.path = path
        self.lines = source.count("\n") + (not source.endswith("\n"))
        self.package = PACKAGE.search(source).group(1)
        self.imports = set(IMPORT.findall(source))
        code = blank(source)
        self.types = len(TYPE.findall(code))
        self.records = [(split(code[found.end():closing(code, found.end() - 1)]), found.group(1))
                        for found in RECORD.finditer(code)]
        self.documented = self.is_documented(source)
        self.methods, self.constructors = [], []
        self.scan(code)

    @staticmethod
    def is_documented(source):
        """Whether the type that the file is named for has a comment of its own."""
        code = blank(source)
        declaration = re.search(r"^(?:(?:public|final|sealed|non-sealed|abstract|strictfp) )*(?:class|interface|enum|record|@interface) ",
                                code, re.MULTILINE)
        if not declaration:
            return False
        before = code[:declaration.start()]
        annotations = re.search(rf"(?:{ANNOTATION.pattern}\s*)*$", before).group()
        first = before[:len(before) - len(annotations)].rstrip().count("\n") + 1
        last = code[:declaration.start()].count("\n")
        return any(line.rstrip().endswith("*/") for line in source.splitlines()[first:last])

    def scan(self, code):
        stack, start, line = [], 0, 1
        names = set(TYPE.findall(code))
        parentheses = 0
        for position, character in enumerate(code):
            if character == "\n":
                line += 1
            elif character in "()":
                parentheses += 1 if character == "(" else -1
            elif character == ";" and parentheses == 0:
                start = position + 1
            elif character == "{":
                head = code[start:position]
                inside = stack[-1][0] if stack else "file"
                stack.append((*self.kind(head, inside, names), line - head.lstrip().count("\n"), start, parentheses))
                parentheses, start = 0, position + 1
            elif character == "}" and stack:
                kind, parameters, first, _, parentheses = stack.pop()
                start = position + 1
                if kind == "method":
                    self.methods.append(line - first + 1)
                if parameters is not None:
                    self.constructors.append(parameters)

    @staticmethod
    def kind(head, inside, names):
        """What a brace opens, and the number of parameters where that is a constructor."""
        head = ANNOTATION.sub(" ", head).strip()
        if TYPE.search(head) or re.search(r"@interface\s", head):
            return "type", None
        if re.search(r"\bnew\s+[\w.]+(?:<[^{}]*>)?\s*\([^{}]*\)$", head):
            return "type", None
        if inside != "type" or head.endswith(("->", "=")) or head == "static":
            return "block", None
        if head.split()[-1:] and head.split()[-1] in names and "(" not in head:
            return "method", None
        found = CALLABLE.search(head)
        if not found:
            return ("type" if re.match(r"^,?\s*[A-Z_0-9]+\b", head) else "block"), None
        name = re.search(r"(\w+)\s*\(", head).group(1)
        if name in CONTROL:
            return "block", None
        if name.isupper() and name not in names:
            return "type", None
        opening = head.index("(")
        return "method", split(head[opening + 1:closing(head, opening)]) if name in names else None


def components(graph):
    """The strongly connected parts of a graph that have more than one node (Tarjan)."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in graph[node]:
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            part = stack[stack.index(node):]
            del stack[stack.index(node):]
            if len(part) > 1:
                found.append(part)

    sys.setrecursionlimit(10_000)
    for node in graph:
        if node not in index:
            visit(node)
    return found


def files(root, modules, kind):
    """The files of modules below src/main or src/test, package-info.java left out."""
    return [JavaFile(path) for module in modules for path in sorted((root / module / "src" / kind / "java").rglob("*.java"))
            if path.name not in ("package-info.java", "module-info.java")]


def lines(root, modules, kind):
    return sum(len(path.read_text(encoding="utf-8").splitlines())
               for module in modules for path in (root / module / "src" / kind / "java").rglob("*.java"))


def percent(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "–"


def figures(root, modules):
    """The figures of some modules, by name."""
    code = files(root, modules, "main")
    methods = sorted(length for file in code for length in file.methods)
    packages = {}
    for file in code:
        packages.setdefault(file.package, []).append(file)
    graph = {name: {other for file in members for other in file.imports if other in packages and other != name}
             for name, members in packages.items()}
    cyclic = sum(len(part) for part in components(graph))
    sizes = [len(members) for members in packages.values()]
    constructors = [count for file in code for count in file.constructors]
    wide = sum(count > WIDE_CONSTRUCTOR for count in constructors)
    record = max((record for file in code for record in file.records), default=(0, ""))
    total = sum(file.lines for file in code)
    longest = max(code, key=lambda file: file.lines)
    fullest = max(packages, key=lambda name: len(packages[name]))
    return {
        "method lines, median / p90 / share > 30": f"{median(methods):.0f} / {methods[int(len(methods) * 0.9)]} / "
                                                   f"{percent(sum(length > LONG_METHOD for length in methods), len(methods))}",
        "file lines, median / max": f"{median(file.lines for file in code):.0f} / {longest.lines} ({longest.path.stem})",
        "files in a package, median / max": f"{median(sizes):.0f} / {max(sizes)} ({fullest.removeprefix(OURS)})",
        "widest record": f"{record[0]} ({record[1]})" if record[0] else "–",
        "constructors over 6 parameters": percent(wide, len(constructors)),
        "types per 1,000 lines": f"{1000 * len(code) / total:.1f}",
        "types per 1,000 lines, nested ones too": f"{1000 * sum(file.types for file in code) / total:.1f}",
        "packages in cycles": f"{cyclic} of {len(packages)}",
        "files with a documented type": percent(sum(file.documented for file in code), len(code)),
        "test lines : main lines": f"{lines(root, modules, 'test') / lines(root, modules, 'main'):.2f}",
        "main lines": f"{lines(root, modules, 'main'):,}",
    }


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent)
    present = sorted(path.parent.parent.parent.name for path in root.glob("*/src/main/java"))
    product = [module for module in PRODUCT if module in present]
    columns = {"product": product, "all": present} | {module: [module] for module in product}
    table = {name: figures(root, modules) for name, modules in columns.items()}
    print("| | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for figure in table["product"]:
        print(f"| {figure} | " + " | ".join(table[name][figure] for name in columns) + " |")


if __name__ == "__main__":
    main()
