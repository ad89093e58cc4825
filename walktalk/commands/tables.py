"""Tables in the terminal: one row an area."""

from rich import box
from rich.table import Table


def area_table(title: str, *columns: str) -> Table:
    """Return an empty table of areas with figures in ``columns``."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("Area", no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table
