"""The command line: parse, call, print. Commands are loaded when they are called, so that --help is quick."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from bo_harmonise import __version__
from bo_harmonise.console import fail
from bo_harmonise.errors import BoHarmoniseError

_COMMANDS = {
    "run": ("chain", "The whole chain: take files in, resolve, compute, build the database."),
    "ingest": ("chain", "Take files in and map them onto the common schema."),
    "resolve": ("chain", "Resolve people and companies across registers."),
    "own": ("chain", "Compute who owns and controls what."),
    "build": ("chain", "Build the DuckDB database."),
    "adapters": ("adapters", "Registers that are known; how a file fares; a skeleton for a new one."),
    "query": ("ask", "Ask the database: a named query or SQL."),
    "owners": ("stakes", "Who owns a company, over all chains and registers."),
    "owned": ("stakes", "What a party owns, over all chains and registers."),
    "path": ("stakes", "All chains of stakes between two parties."),
    "rules": ("stakes", "Rules of control and beneficial ownership, explained."),
    "common": ("structure", "Common owners of two companies or of several."),
    "group": ("structure", "The corporate group of a party."),
    "gateways": ("structure", "Parties through whom listed parties hold their companies."),
    "tell": ("structure", "The chains of a hidden common owner in words, for a report."),
    "compare": ("time", "Where registers describe one company differently."),
    "changes": ("time", "What changed in ownership between two dates."),
    "screen": ("screen", "Companies that listed parties own or control, under a rule."),
    "explain": ("resolution", "Why two records are, or are not, one party."),
    "charts": ("resolution", "The match weights of a model, drawn by Splink."),
    "judge": ("resolution", "Record a decision about two records."),
    "review": ("resolution", "Go through the uncertain pairs, most consequential first."),
    "evaluate": ("evaluation", "Measure resolution on labelled records."),
    "export": ("share", "Export tables or statements: CSV, Parquet, BODS 0.4."),
    "validate": ("share", "Check statements against BODS 0.4."),
    "world": ("world", "An invented world of registers with known truth, at any size."),
    "bench": ("bench", "What the chain takes on invented worlds: time, memory, growth."),
    "doctor": ("doctor", "Versions, memory, optional parts, health of a workspace."),
}


class _LazyGroup(click.Group):
    """A group whose commands live in `bo_harmonise.commands` and are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"bo_harmonise.commands.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.command(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example:  bo-harmonise run --sample -w demo",
)
@click.version_option(__version__, prog_name="bo-harmonise")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Harmonise beneficial-ownership registers and reveal the common owners that no single one shows."""
    ctx.obj = {"debug": debug}


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with the code of the error, 0 without one, 130 when interrupted."""
    raise SystemExit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    given = sys.argv[1:] if arguments is None else arguments
    try:
        result: Any = cli.main(args=given, prog_name="bo-harmonise", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        return 130
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BoHarmoniseError as error:
        if "--debug" in given:
            raise
        fail(error)
        return error.exit_code
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has had enough; what is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0
