"""The conversation with a mail server, a real one, and what its answers mean."""

from __future__ import annotations

import dataclasses
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from dialogue.mail.smtp import Connection, RefusedError, Security, UnavailableError
from tests.dialogue.mail.server import Post, free_port, serving
from tests.needs import program

TEXT = b"Subject: x\r\n\r\nHello\r\n.\r\n.. dots\r\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    found = folder / "cert.pem", folder / "key.pem"
    command = [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
               "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
               "-out", str(found[0]), "-keyout", str(found[1])]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return found


def test_messages_arrive_as_they_are_over_one_connection() -> None:
    """Dots at the beginning of lines too."""
    post = Post()
    with serving(post, free_port()) as server, Connection(server) as connection:
        connection.send("a@b.org", "c@d.org", TEXT)
        connection.send("a@b.org", "e@d.org", TEXT)
    assert post.raw == [TEXT, TEXT]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_encrypted_with_a_login(security: Security, certificate: tuple[Path, Path]) -> None:
    """Both ways of TLS, a certificate that is believed, and a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    post = Post()
    with serving(post, free_port(), security, context, ("ada", "secret")) as server:
        trusting = ssl.create_default_context(cafile=certificate[0])
        believed = dataclasses.replace(server, context=trusting)
        with Connection(believed) as connection:
            connection.send("a@b.org", "c@d.org", TEXT)
        assert len(post.raw) == 1
        with Connection(server) as connection, pytest.raises(UnavailableError, match="CERTIFICATE"):
            connection.send("a@b.org", "c@d.org", TEXT)
        wrong = dataclasses.replace(believed, password="wrong")
        with Connection(wrong) as connection, pytest.raises(UnavailableError, match="535"):
            connection.greet()
    assert len(post.raw) == 1


def test_without_starttls_nothing_is_said() -> None:
    """A server that was stripped of STARTTLS gets neither password nor mail."""
    post = Post()
    with serving(post, free_port(), login=("ada", "secret")) as server:
        strict = dataclasses.replace(server, security="starttls")
        with Connection(strict) as connection, pytest.raises(UnavailableError, match="STARTTLS"):
            connection.send("a@b.org", "c@d.org", TEXT)
    assert post.raw == []


@pytest.mark.parametrize(("answer", "final"), [("550 no such person", True), ("451 later", False)])
def test_a_refusal_is_about_one_message(answer: str, final: bool) -> None:
    """For ever or for now, by recipient or by content; the next goes over the same connection."""
    post = Post(answers={"c@d.org": answer})
    with serving(post, free_port()) as server, Connection(server) as connection:
        with pytest.raises(RefusedError, match=answer[:3]) as caught:
            connection.send("a@b.org", "c@d.org", TEXT)
        assert caught.value.final is final
        post.data = answer
        with pytest.raises(RefusedError) as caught:
            connection.send("a@b.org", "e@d.org", TEXT)
        assert caught.value.final is final
        post.data = "250 OK"
        connection.send("a@b.org", "e@d.org", TEXT)
    assert len(post.raw) == 1


@pytest.mark.parametrize("answer", ["421 shutting down"])
def test_a_server_that_closes_refuses_nothing(answer: str) -> None:
    """421 is about the server, not about the message."""
    post = Post(answers={"c@d.org": answer})
    with serving(post, free_port()) as server, Connection(server) as connection:
        given = pytest.raises(UnavailableError, match="421")
        with given:
            connection.send("a@b.org", "c@d.org", TEXT)


def test_nobody_there() -> None:
    """No server, one that hangs up, one that says nothing: unavailable, in time."""
    post = Post()
    with serving(post, free_port()) as server:
        pass
    with Connection(server) as connection, pytest.raises(UnavailableError, match="refused"):
        connection.send("a@b.org", "c@d.org", TEXT)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        mute = dataclasses.replace(server, port=port, seconds=0.2)
        with Connection(mute) as connection, pytest.raises(UnavailableError, match="timed out"):
            connection.send("a@b.org", "c@d.org", TEXT)


def test_no_answer_to_the_message_is_no_acceptance() -> None:
    """The server took it and broke off: we do not know, and say unavailable."""
    post = Post(hang_up=True)
    with serving(post, free_port()) as server, Connection(server) as connection:
        unknown = pytest.raises(UnavailableError)
        with unknown:
            connection.send("a@b.org", "c@d.org", TEXT)
    assert len(post.raw) == 1
