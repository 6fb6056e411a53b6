"""Write the pages of `docs/` that are made from the code: the data dictionary, the command line, the queries.

Run as `python -m bo_harmonise.reference docs`; a test fails when a page is out of step.
"""

import sys
from pathlib import Path

import click

from bo_harmonise.cli import cli
from bo_harmonise.queries import named_queries
from bo_harmonise.schema import data_dictionary

_WIDTH = 100


def command_line() -> str:
    """Help of every command as Markdown."""
    parts = ["# Command line", "", "Made from `--help` by `make docs`; a test keeps it in step."]
    for path, command in commands(cli, context_of(cli, "bo-harmonise")):
        parts += ["", f"## {path}", "", "```text", command.get_help(context_of(command, path)), "```"]
    return "\n".join(parts) + "\n"


def context_of(command: click.Command, name: str) -> click.Context:
    """Return a context in which a command tells its help as it does on the command line.

    The names of the help option come from the group. Click keeps the option of the first context it meets, so
    that a context without them would change the help of the whole process.
    """
    return click.Context(command, info_name=name, terminal_width=_WIDTH, **cli.context_settings)


def commands(
    group: click.Group, context: click.Context, name: str = "bo-harmonise"
) -> list[tuple[str, click.Command]]:
    """All commands below a group with their full names, the group first."""
    found: list[tuple[str, click.Command]] = [(name, group)]
    for child in group.list_commands(context):
        command = group.get_command(context, child)
        if isinstance(command, click.Group):
            found += commands(command, context, f"{name} {child}")
        elif command is not None:
            found.append((f"{name} {child}", command))
    return found


def query_list() -> str:
    """All named queries as Markdown."""
    parts = [
        "# Named queries",
        "",
        "Made from `bo_harmonise/queries/named/*.sql` by `make docs`; a test keeps it in step.",
        "",
    ]
    parts += ["| query | question | columns |", "|---|---|---|"]
    parts += [f"| `{q.name}` | {q.question} | {q.columns} |" for q in named_queries().values()]
    return "\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """Content of each generated page by its file name."""
    return {"schema.md": data_dictionary(), "cli.md": command_line(), "queries.md": query_list()}


def main() -> None:
    """Write the pages to the folder that is named."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
