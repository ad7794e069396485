"""
The command `dateline`: open a newsroom, feed it, check it, keep it.

Each command loads what it needs and no more: opening a prepared data folder must not
wait for Django.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from dateline import __version__
from dateline.config.serving.refusals import Refused
from dateline.config.settings.parsers import SettingRefused
from dateline.plumbing.backup import BackupRefused

Command = Callable[[argparse.Namespace, list[str]], int]
SETTINGS_MODULE = "dateline.config.settings.base"
REFUSED = 1
#: As a shell tells of a command that a closed pipe ended: 128 and the signal.
UNREAD = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    asked, rest = _parser().parse_known_args(argv)
    if rest and not asked.takes_more:
        _parser().error(f"{asked.command} does not know {rest[0]}")
    _remember(asked)
    try:
        code = int(asked.run(asked, rest))
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads has had enough (`| head`); what is left in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    except (Refused, SettingRefused, BackupRefused) as refusal:
        print(f"dateline: {refusal}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dateline", description="Dateline: a newsroom in a box."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (run, says) in COMMANDS.items():
        takes_more = run in {_receive, _attributions, _manage}
        command = commands.add_parser(
            name,
            help=says,
            description=says,
            add_help=not takes_more,
            allow_abbrev=False,
        )
        command.set_defaults(run=run, takes_more=takes_more)
        command.add_argument("--data", metavar="DIR", help="the data folder")
        for add in _ARGUMENTS.get(name, ()):
            add(command)
    return parser


def _remember(asked: argparse.Namespace) -> None:
    """Put what the command line says where this process and its children read it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS_MODULE
    if asked.data:
        os.environ["DATELINE_DATA"] = os.path.abspath(asked.data)  # noqa: PTH100  (what it says may not exist)
    if getattr(asked, "port", None):
        os.environ["DATELINE_PORT"] = str(asked.port)


def _serve(asked: argparse.Namespace, rest: list[str]) -> int:
    del rest
    from dateline.config.serving.opening import Opening
    from dateline.config.settings import options

    return Opening(options.read(), with_demo=not asked.no_demo).run()


def _demo(asked: argparse.Namespace, rest: list[str]) -> int:
    del asked, rest
    from dateline.config import keeping

    return keeping.load_demonstration()


def _verify(asked: argparse.Namespace, rest: list[str]) -> int:
    del rest
    from dateline.config import keeping

    return keeping.verify(asked.against)


def _evidence(asked: argparse.Namespace, rest: list[str]) -> int:
    del rest
    from dateline.config import keeping

    return keeping.write_evidence(
        asked.article,
        Path(asked.out),
        version=asked.version,
        chain_from=asked.chain_from,
    )


def _backup(asked: argparse.Namespace, rest: list[str]) -> int:
    del rest
    from dateline.config import keeping

    return keeping.back_up_to(Path(asked.file))


def _restore(asked: argparse.Namespace, rest: list[str]) -> int:
    del rest
    from dateline.config import keeping

    return keeping.restore_from(Path(asked.file))


def _check(asked: argparse.Namespace, rest: list[str]) -> int:
    del asked, rest
    from dateline.config import keeping

    return keeping.check()


def _settings(asked: argparse.Namespace, rest: list[str]) -> int:
    del asked, rest
    from dateline.config.settings import options

    print(options.reference(), end="")
    return 0


def _receive(asked: argparse.Namespace, rest: list[str]) -> int:
    del asked
    from dateline.sources.receive_command import receive_command

    return int(receive_command(rest))


def _attributions(asked: argparse.Namespace, rest: list[str]) -> int:
    del asked
    from dateline.articles.suggest_command import suggest_command

    return int(suggest_command(rest))


def _manage(asked: argparse.Namespace, rest: list[str]) -> int:
    del asked
    from django.core.management import execute_from_command_line

    execute_from_command_line(["dateline manage", *rest])
    return 0


COMMANDS: dict[str, tuple[Command, str]] = {
    "serve": (_serve, "Open the newsroom."),
    "receive": (_receive, "Receive pages and feeds as wire items."),
    "attributions": (_attributions, "Find whom each sentence of a text cites."),
    "demo": (_demo, "Load the demonstration paper into an empty newsroom."),
    "verify": (_verify, "Walk the log of publications and say whether it holds."),
    "evidence": (_evidence, "Write a kit that proves what was published."),
    "backup": (_backup, "Write the whole newsroom to one file, while it is open."),
    "restore": (_restore, "Put a backup into an empty data folder."),
    "check": (_check, "Say whether the newsroom is well."),
    "settings": (_settings, "Print the reference of every setting."),
    "manage": (_manage, "Run a management command of Django."),
}

_ARGUMENTS: dict[str, tuple[Callable[[argparse.ArgumentParser], object], ...]] = {
    "serve": (
        lambda p: p.add_argument("--port", metavar="N", help="the port (8000)"),
        lambda p: p.add_argument(
            "--no-demo", action="store_true", help="an empty newsroom"
        ),
    ),
    "verify": (
        lambda p: p.add_argument(
            "--against", metavar="HEAD", help="a head of the log seen earlier"
        ),
    ),
    "evidence": (
        lambda p: p.add_argument(
            "article", metavar="ARTICLE", help="its address, path, uid or number"
        ),
        lambda p: p.add_argument(
            "--version", type=int, metavar="N", help="the version shown (the newest)"
        ),
        lambda p: p.add_argument(
            "--from",
            type=int,
            dest="chain_from",
            metavar="SEQUENCE",
            help="begin the chain at an earlier entry than the article's first",
        ),
        lambda p: p.add_argument(
            "--out", default="evidence.zip", metavar="FILE.zip", help="(evidence.zip)"
        ),
    ),
    "backup": (lambda p: p.add_argument("file", metavar="FILE"),),
    "restore": (lambda p: p.add_argument("file", metavar="FILE"),),
}

if __name__ == "__main__":
    sys.exit(main())
