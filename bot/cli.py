"""The command line: arguments to commands; what each does stands in bot.shell."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.shell import asking, demo, digests, files, operations, sources

app = typer.Typer(
    name="nutgraf",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A briefing bot for Slack and Discord: verbatim digests of the sources your team follows.",
)

app.command()(operations.run)
app.command()(demo.demo)
app.command()(operations.console)
app.command("import")(files.import_files)
app.add_typer(sources.feed_commands, name="feed")
app.command()(asking.articles)
app.command()(asking.stories)
app.command()(asking.related)
app.command()(asking.find)
app.command()(asking.story)
app.command()(digests.digest)
app.add_typer(digests.channel_commands, name="channel")
app.command()(operations.outbox)
app.command()(operations.migrate)
app.command()(operations.doctor)
app.command()(operations.backup)
app.command()(operations.restore)
app.command()(files.export)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"nutgraf {version('nutgraf')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Start with `nutgraf demo`."""
    del version
