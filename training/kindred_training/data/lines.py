"""Reading rows of text files, with an error that names file and line."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path


def json_lines(path: Path) -> Iterator[dict]:
    """One object a line; raises ValueError that names the line."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}:{number}: not JSON ({error})") from error


def tab_lines(path: Path, columns: int | None, header: bool = False) -> Iterator[list[str]]:
    """
    Rows of a tab-separated file without quoting; raises ValueError where a row has other than `columns` cells. None is
    for a file known to be uneven: rows come as they are, blank lines are left out.
    """
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if header and number == 1 or columns is None and not row:
                continue
            if columns is not None and len(row) != columns:
                raise ValueError(f"{path}:{number}: {len(row)} cells, expected {columns}")
            yield row
