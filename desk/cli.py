"""The commands of the desk: what they are called, what they take, and how errors are said."""

from __future__ import annotations

import argparse
import difflib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from desk.errors import DeskError
from thread import site_folder

_COMMANDS = (
    *("build", "serve", "check", "new", "feed-diff", "ping", "mention", "webmentions"),
    "import",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status: 0 done, 1 not done. Not understood exits with 2.

    A command's own modules are imported when it runs: none waits for the libraries of another.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # names of files may be no text the terminal knows
        sys.stdout.reconfigure(errors="backslashreplace")
    words = sys.argv[1:] if arguments is None else list(arguments)
    parser = _parser()
    if not words:
        parser.print_help()
        return 2
    if not words[0].startswith("-") and words[0] not in _COMMANDS:
        parser.error(_unknown(words[0]))
    options = parser.parse_args(words)
    try:
        _enter()
        status = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has heard enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except DeskError as error:
        print(f"desk: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _enter() -> None:
    """Work in the folder of the site, where that is not this one."""
    try:
        site_folder.enter(os.environ)
    except OSError as error:
        raise DeskError(
            f"SITE: {error.filename}: {error.strerror}; name a site's folder"
        ) from error


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where help is, instead of repeating all options."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"desk: {message}; see {self.prog} --help\n")


def _unknown(word: str) -> str:
    near = difflib.get_close_matches(word, _COMMANDS, 1)
    meant = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(_COMMANDS)}"
    return f"there is no command {word!r}; {meant}"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m desk", description="The writer's desk.", allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build, serve, check, new, feed_diff, ping, mention, webmentions, moving = _COMMANDS
    _build_options(commands.add_parser(build, help="build the site into output/"))
    _serve_options(commands.add_parser(serve, help="preview the site, drafts too, as you write"))
    _check_options(commands.add_parser(check, help="name everything that is wrong in the content"))
    _new_options(commands.add_parser(new, help="begin a post, or a site"))
    _diff_options(commands.add_parser(feed_diff, help="what subscribers will see of a build"))
    _ping_options(commands.add_parser(ping, help="tell the hub which feeds have changed"))
    told = "tell the sites that posts link to (webmentions)"
    _mention_options(commands.add_parser(mention, help=told))
    got = "get the webmentions that webmention.io took"
    _webmentions_options(commands.add_parser(webmentions, help=got))
    _import_options(commands.add_parser(moving, help="take over an old blog"))
    return parser


def _build_options(parser: argparse.ArgumentParser) -> None:
    from desk import making

    parser.set_defaults(run=making.run)
    making.add_arguments(parser)


def _serve_options(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_serve)
    parser.add_argument("--port", type=_port, default=8000, help="default: 8000; 0: any free one")
    parser.add_argument("--bind", default="127.0.0.1", metavar="ADDRESS", help="default: 127.0.0.1")
    parser.add_argument("--output", type=Path, help="where to build; default: .parley/preview")
    _site_options(parser)


def _check_options(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_check)
    parser.add_argument("content", nargs="?", type=Path, default=Path("content"), metavar="FOLDER")
    parser.add_argument("--settings", type=Path, default=Path("pelicanconf.py"), metavar="FILE")
    listed = "list every notice, also where many are of one kind"
    parser.add_argument("--all", action="store_true", dest="everything", help=listed)
    accept = "accept the faults of today: write them to the file that CHECKS.baseline names"
    parser.add_argument("--baseline", action="store_true", dest="accept", help=accept)
    joined = "first write series and part into posts whose titles number them"
    parser.add_argument("--fix", action="store_true", help=joined)


def _new_options(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    post = kinds.add_parser("post", help="begin a post, as a draft")
    post.set_defaults(run=_new)
    post.add_argument("title", help="its title, in quotes")
    post.add_argument("--series", metavar="NAME", help="make it the next part of a series")
    _site_options(post)
    site = kinds.add_parser("site", help="make the folder of a site, beside the kit")
    site.set_defaults(run=_new_site)
    site.add_argument("folder", type=Path, help="where; it must be empty or not there yet")
    site.add_argument("--title", default="Our blog", help="its name")
    site.add_argument(
        "--url", default="https://blog.example.com", help="its address, once it is public"
    )


def _diff_options(parser: argparse.ArgumentParser) -> None:
    from desk import feed_diff

    parser.set_defaults(run=feed_diff.run)
    feed_diff.add_arguments(parser)


def _ping_options(parser: argparse.ArgumentParser) -> None:
    from desk import ping

    parser.set_defaults(run=ping.run)
    ping.add_arguments(parser)


def _mention_options(parser: argparse.ArgumentParser) -> None:
    from desk import mention

    parser.set_defaults(run=mention.run)
    mention.add_arguments(parser)


def _webmentions_options(parser: argparse.ArgumentParser) -> None:
    from desk import webmentions

    parser.set_defaults(run=webmentions.run)
    webmentions.add_arguments(parser)


def _import_options(parser: argparse.ArgumentParser) -> None:
    from desk.importing import command

    command.add_arguments(parser)


def _site_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--content", type=Path, default=Path("content"), metavar="FOLDER")
    parser.add_argument("--settings", type=Path, default=Path("pelicanconf.py"), metavar="FILE")


def _serve(options: argparse.Namespace) -> int:
    settings, content = _site(options)
    from desk.preview.serve import Plan, serve

    output = (options.output or settings.parent / ".parley" / "preview").resolve()
    return serve(Plan(settings, content, output, options.bind, options.port))


def _check(options: argparse.Namespace) -> int:
    settings, content = _site(options)
    from desk.check import check

    if options.fix:
        from desk.fixing import fix

        fix(content)
    return check(settings, content, everything=options.everything, accept=options.accept)


def _new(options: argparse.Namespace) -> int:
    _site(options)
    from desk.new import new_post

    print(new_post(options.content, options.title, series=options.series))
    return 0


def _new_site(options: argparse.Namespace) -> int:
    from desk.new_site import new_site

    print(*new_site(options.folder, options.title, options.url), sep="\n")
    return 0


def _site(options: argparse.Namespace) -> tuple[Path, Path]:
    """The settings file and the content folder, absolute; both have to be there."""
    settings, content = options.settings, options.content
    if not settings.is_file():
        raise DeskError(f"there is no {settings}; run this in the folder of the site")
    if not content.is_dir():
        raise DeskError(f"there is no folder {content}; name the folder with the posts")
    return settings.parent.resolve() / settings.name, content.resolve()


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; choose a number up to 65535")
    return int(text)
