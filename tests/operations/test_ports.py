"""Two newsrooms never share a port."""

import socket

import pytest

from dateline.config.serving.ports import held_port, refuse_taken_port
from dateline.config.serving.refusals import Refused
from tests.operations.newsroom import free_port

HOST = "127.0.0.1"


def sharing(port):
    """Return a socket bound as the front binds."""
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    one.bind((HOST, port))
    return one


def test_a_held_port_is_ours_and_nobody_elses():
    port = free_port()
    with held_port(HOST, port):
        with pytest.raises(Refused, match="is in use"):
            refuse_taken_port(HOST, port)
        with sharing(port) as front:
            front.listen()
            with socket.create_connection((HOST, port)) as reader:
                met, _ = front.accept()
                met.close()
                assert reader.recv(1) == b""
        with pytest.raises(Refused, match="is in use"):
            refuse_taken_port(HOST, port)
    refuse_taken_port(HOST, port)


def test_who_shares_a_port_with_strangers_is_found():
    port = free_port()
    with sharing(port) as stranger:
        stranger.listen()
        with pytest.raises(Refused, match="is in use"):
            refuse_taken_port(HOST, port)
