"""``desk serve`` as a writer runs it: a real process, a real site, real requests."""

from __future__ import annotations

import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.running import Preview, environment, make_site, previewing, write_post
from tests.waiting import PATIENCE, until


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview for the tests that only read."""
    site = make_site(tmp_path_factory.mktemp("shared"))
    with previewing(site) as preview:
        yield preview


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site for the tests that change it."""
    return make_site(tmp_path)


def append(path: Path, text: str) -> None:
    """Add ``text`` to a file."""
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def raw(preview: Preview, method: str, path: str, **headers: str) -> http.client.HTTPResponse:
    """Ask with the path exactly as given: clients tidy it."""
    host, port = preview.url.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=PATIENCE)
    connection.request(method, path, headers={"Connection": "close", **headers})
    answer = connection.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    connection.close()
    return answer


def test_the_first_request_waits_for_the_first_build(shared: Preview) -> None:
    """As soon as the address is printed a page can be asked for, and it comes."""
    answer = shared.get("/first/")
    assert answer.status_code == 200
    assert "First words." in answer.text


def test_the_terminal_says_where_and_what(shared: Preview) -> None:
    """The address comes first and with how to stop; each build is a line with time and counts."""
    assert shared.lines[0] == f"Parley is at {shared.url} (Ctrl-C stops)"
    line = shared.line("2 published")
    assert "1 draft" in line
    assert time.strptime(line.split()[0], "%H:%M:%S")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feeds/all.rss.xml", "application/rss+xml; charset=utf-8"),
        ("/feeds/all.atom.xml", "application/atom+xml; charset=utf-8"),
        ("/feeds/all.json", "application/feed+json; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/_desk/live.js", "text/javascript; charset=utf-8"),
    ],
)
def test_what_the_build_wrote_is_served_as_what_it_is(
    shared: Preview, path: str, expected: str
) -> None:
    """Pages, feeds and sitemap have their own types."""
    answer = shared.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, expected)


def test_head_has_the_headers_and_no_body(shared: Preview) -> None:
    """A page's length is the one that GET sends."""
    answer = raw(shared, "HEAD", "/first/")
    assert (answer.status, answer.body) == (200, b"")  # type: ignore[attr-defined]
    assert int(answer.headers["content-length"]) == len(shared.get("/first/").content)


@pytest.mark.parametrize(
    "path",
    [
        "/../pelicanconf.py",
        "/../../pelicanconf.py",
        "/first/../../../pelicanconf.py",
        "/%2e%2e/%2e%2e/pelicanconf.py",
        "/..%2f..%2fpelicanconf.py",
        "/..%5c..%5cpelicanconf.py",
        "//etc/passwd",
        "/.parley-manifest.json",
        "/%2eparley-manifest.json",
    ],
)
def test_no_path_leads_out_of_the_site(shared: Preview, path: str) -> None:
    """Sources, the system and the build's own notes are missing pages, however they are asked for."""
    assert raw(shared, "GET", path).status == 404


def test_a_foreign_host_is_refused(shared: Preview) -> None:
    """Also for the event stream."""
    assert raw(shared, "GET", "/", Host="evil.example").status == 403
    assert raw(shared, "GET", "/_desk/events", Host="evil.example").status == 403


def test_drafts_are_in_the_preview_only(site: Path) -> None:
    """The draft is served and marked, and the folder for the public stays as it was."""
    (site / "output").mkdir()
    with previewing(site) as preview:
        page = preview.get("/unfinished/")
        assert page.status_code == 200
        assert "Not for the public." in page.text
        assert "draft" in page.text.lower().replace("title of unfinished", "")
        assert "noindex" in page.text
    assert list((site / "output").iterdir()) == []
    assert (site / ".parley" / "preview" / "unfinished" / "index.html").is_file()
    assert (site / ".parley" / ".gitignore").read_text(encoding="utf-8") == "*\n"


@pytest.mark.parametrize("output", ["output", "output/preview", "."])
def test_the_preview_is_never_built_into_the_public_folder(site: Path, output: str) -> None:
    """Naming it, or a folder in or around it, builds nothing there and says why."""
    with previewing(site, "--output", output) as preview:
        assert "public" in preview.line("pelicanconf.py:1: OUTPUT_PATH: the preview shows drafts")
        assert preview.get("/").status_code == 500
    assert list(site.rglob("unfinished/index.html")) == []


def test_open_pages_are_told_of_every_kind_of_change(site: Path) -> None:
    """A post and a plugin make new pages, a style sheet only a new revision, an error a failure."""
    with previewing(site) as preview, preview.events() as states:
        preview.shows("/first/", "First words.")
        state = next(state for state in states if state["revision"])
        assert state == {"boot": state["boot"], "revision": 1, "pages": 1, "failure": 0}
        write_post(site, "first", "Other words.")
        assert next(states) == {**state, "revision": 2, "pages": 2}
        assert "Other words." in preview.get("/first/").text
        append(next((site / "theme").rglob("*.css")), "\n")
        assert next(states) == {**state, "revision": 3, "pages": 2}
        append(site / "plugins" / "post.py", "\nfailing = 1 / 0\n")
        assert next(states) == {**state, "revision": 3, "pages": 2, "failure": 1}
        assert "plugins/post.py" in preview.line("ZeroDivisionError: division by zero; ")


HELD_UP = """
import pathlib, time
from pelican import signals

def hold(generators):
    if pathlib.Path("gate").exists():
        pathlib.Path("gate").rename("held")
    while pathlib.Path("held").exists():
        time.sleep(0.01)

signals.all_generators_finalized.connect(hold, weak=False)
"""


def test_a_save_during_a_build_is_not_lost(site: Path) -> None:
    """Files saved after a build has read them, and before it is done, are in the next one."""
    append(site / "pelicanconf.py", HELD_UP)
    with previewing(site) as preview:
        preview.shows("/first/", "First words.")
        (site / "gate").touch()
        write_post(site, "first", "Second thoughts.")
        until((site / "held").exists, preview.lines)
        write_post(site, "first", "Third thoughts.")
        write_post(site, "second", "Saved meanwhile.")
        (site / "held").unlink()
        preview.shows("/first/", "Third thoughts.")
        preview.shows("/second/", "Saved meanwhile.")


def test_a_broken_post_leaves_the_site_and_is_shown_on_it(site: Path) -> None:
    """The old page stays with the problem over it, and mending the file takes it away."""
    with previewing(site) as preview:
        preview.shows("/first/", "First words.")
        path = site / "content" / "posts" / "first.md"
        path.write_text("---\ntitle: [unclosed\n---\n\nNew words.\n", encoding="utf-8")
        line = preview.line("  posts/first.md:")
        preview.shows("/first/", "1 problem to mend")
        page = preview.get("/first/").text
        assert "First words." in page
        assert f"<code>{line.strip().split(' ')[0].removesuffix(':')}</code>" in page
        assert preview.get("/second/").status_code == 200
        write_post(site, "first", "New words.")
        until(lambda: "to mend" not in preview.get("/first/").text, preview.lines)
        assert "New words." in preview.get("/first/").text


def test_a_first_build_that_fails_is_mended_without_starting_again(site: Path) -> None:
    """Every page says what is wrong, with status 500, until it is right."""
    path = write_post(site, "first", "x")
    path.write_text("---\ntitle: [unclosed\n---\n", encoding="utf-8")
    with previewing(site) as preview:
        page = preview.get("/second/")
        assert page.status_code == 500
        assert "posts/first.md" in page.text
        write_post(site, "first", "Mended.")
        preview.shows("/first/", "Mended.")


def test_broken_settings_are_shown_like_any_problem(site: Path) -> None:
    """A typing error in the settings names its line; the preview goes on."""
    with previewing(site) as preview:
        preview.shows("/first/", "First words.")
        text = (site / "pelicanconf.py").read_text(encoding="utf-8")
        (site / "pelicanconf.py").write_text(f"{text}\nBROKEN = (\n", encoding="utf-8")
        preview.line(f"pelicanconf.py:{len(text.splitlines()) + 2}: settings: SyntaxError")
        (site / "pelicanconf.py").write_text(text, encoding="utf-8")
        write_post(site, "first", "Still here.")
        preview.shows("/first/", "Still here.")


def test_code_saved_twice_within_a_second_is_run_as_saved_last(site: Path) -> None:
    """Python's compiled files know a source by the second; the preview does not fall for it."""
    moment = int(time.time())

    def save(word: str) -> None:
        (site / "facts.py").write_text(f"WORD = '{word}'\n", encoding="utf-8")
        os.utime(site / "facts.py", (moment, moment))

    save("one")
    conf = site / "pelicanconf.py"
    append(conf, "\nimport facts, sys\nprint('said', facts.WORD)\n")
    with previewing(site) as preview:
        preview.line("said one")
        for word in ("two", "six", "ten"):
            save(word)
            preview.line(f"said {word}")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_goes_at_once_and_frees_the_port(site: Path, how: signal.Signals) -> None:
    """With pages open and following, in the middle of a build: exit 0, and nothing runs on."""
    append(
        (site / "pelicanconf.py"),
        "\nimport os, pathlib, time\n"
        "if pathlib.Path('slow').exists():\n"
        "    pathlib.Path('slow').write_text(str(os.getpid()))\n"
        "    time.sleep(600)\n",
    )
    with previewing(site) as preview, preview.events() as states, preview.events():
        preview.shows("/first/", "First words.")
        next(states)
        (site / "slow").touch()
        write_post(site, "first", "Never built.")
        until(lambda: bool((site / "slow").read_text(encoding="utf-8")), preview.lines)
        said = list(preview.lines)
        assert preview.stop(how) == 0
        assert preview.lines == said, "it had to break something off"
    with pytest.raises(ProcessLookupError):
        os.kill(int((site / "slow").read_text(encoding="utf-8")), 0)
    socket.create_server(("127.0.0.1", int(preview.url.rpartition(":")[2]))).close()


def test_it_can_be_stopped_before_the_first_build_is_done(site: Path) -> None:
    """A request that waits for that build is let go and does not hold it up."""
    conf = site / "pelicanconf.py"
    conf.write_text("import time\ntime.sleep(600)\n", encoding="utf-8")
    with previewing(site) as preview:
        host, port = preview.url.removeprefix("http://").split(":")
        waiting = http.client.HTTPConnection(host, int(port), timeout=PATIENCE)
        waiting.request("GET", "/")
        with preview.events() as states:
            next(states)  # so what was asked before has arrived
        assert select.select([waiting.sock], [], [], 0.3)[0] == []
        assert preview.stop() == 0
        assert waiting.getresponse().status == 500
        waiting.close()
    assert len(preview.lines) == 2


def test_a_port_in_use_is_said_so(site: Path) -> None:
    """In one line, with what to do, before anything is built."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "desk", "serve", "--port", port],
            cwd=site,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(f"desk: port {port} is in use")
    assert "--port" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (site / ".parley" / "preview" / "index.html").exists()
