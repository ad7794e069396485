"""The live stream over real connections: telling, resuming, limits, stuck clients."""

import pytest

from tests.pagestore.stream_client import channels_in, stream_server, until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("stream") / "pages"


@pytest.fixture(scope="module")
def channels(folder):
    return channels_in(folder)


@pytest.fixture(scope="module")
def server(folder):
    with stream_server(folder, heartbeat_seconds=1) as server:
        yield server


@pytest.fixture
def listen(server, channels):
    """Return a way to open clients of channels, which are closed in the end."""
    opened = []

    def listening(*names, query="", **headers):
        path = "/events/" + ",".join(channels.address(name) for name in names)
        opened.append(server.client(path + query, **headers))
        return opened[-1]

    yield listening
    for client in opened:
        client.close()
    until(lambda: server.totals()["clients"] == 0)


def test_an_event_reaches_everybody_on_its_channel_and_nobody_else(channels, listen):
    here, there = [listen("harbor") for _ in range(3)], listen("weather")
    begun = [next(client.events()) for client in (*here, there)]
    first = channels.publish("harbor", "a ship\nfrom the north")
    second = channels.publish("weather", "rain")
    for client in here:
        told = client.told(1)[0]
        assert told == {"id": str(first), "data": "a ship\nfrom the north"}
    assert there.told(1) == [{"id": str(second), "data": "rain"}]
    assert all(3_000 <= int(block["retry"]) <= 15_000 for block in begun)


def test_the_answer_is_one_that_nothing_on_the_way_keeps_or_holds_up(listen):
    client = listen("harbor")
    assert client.status == 200
    assert client.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert client.headers["cache-control"] == "no-store"
    assert client.headers["x-accel-buffering"] == "no"
    assert not {"content-encoding", "access-control-allow-origin", "set-cookie"} & set(
        client.headers
    )


def test_data_is_told_letter_for_letter_but_for_its_ends_of_lines(channels, listen):
    client = listen("harbor")
    next(client.events())
    channels.publish("harbor", "one\u2028still one\r\n\rtwo\n")
    assert client.told(1)[0]["data"] == "one\u2028still one\n\ntwo\n"


def test_one_stream_carries_several_channels_in_order(channels, listen):
    client = listen("harbor", "weather")
    next(client.events())
    ids = [channels.publish(name, name) for name in ("weather", "harbor", "weather")]
    assert [int(event["id"]) for event in client.told(3)] == ids


def test_who_comes_back_is_told_what_it_missed_and_then_what_is_new(channels, listen):
    ids = [channels.publish("council", str(number)) for number in range(120)]
    client = listen("council", Last_Event_ID=str(ids[3]))
    told = [event["data"] for event in client.told(116)]
    assert told == [str(number) for number in range(4, 120)]
    channels.publish("council", "new")
    assert client.told(1)[0]["data"] == "new"


def test_the_header_of_a_browser_that_comes_back_goes_before_its_address(
    channels, listen
):
    first, second = (channels.publish("court", one) for one in ("first", "second"))
    client = listen("court", query=f"?last={first - 1}", Last_Event_ID=str(first))
    assert client.told(1)[0]["id"] == str(second)


def test_who_asks_from_nought_is_told_all_that_is_kept(channels, listen):
    channels.publish("science", "kept")
    assert listen("science", query="?last=0").told(1)[0]["data"] == "kept"


@pytest.mark.parametrize("last", ["5", "999999999999999999"])
def test_who_names_what_is_not_known_must_look_anew(channels, listen, last):
    newest = channels.publish("football", "kept")
    client = listen("football", Last_Event_ID=last)
    told = client.told(1)[0]
    assert told["event"] == "reset"
    assert int(told["id"]) == newest
    channels.publish("football", "new")
    assert client.told(1)[0]["data"] == "new"


def test_a_silent_stream_shows_that_it_is_there(channels, listen):
    events = listen("quiet").events()
    begun = int(next(events)["id"])
    elsewhere = channels.publish("harbor", "elsewhere")
    beats = (event for event in events if "" in event)
    # Its id moves on, so that who was long silent need not look anew.
    assert (
        next(int(beat["id"]) for beat in beats if int(beat["id"]) > begun) == elsewhere
    )


def test_what_a_process_that_dies_has_published_is_told(server, channels, listen):
    client = listen("harbor")
    next(client.events())
    for pipe in (channels.folder / "listeners").iterdir():
        # As if it had been killed between its writing and its call.
        pipe.rename(pipe.with_suffix(".away"))
    channels.publish("harbor", "unheard")
    assert client.told(1)[0]["data"] == "unheard"
    for pipe in (channels.folder / "listeners").iterdir():
        pipe.rename(pipe.with_suffix(".pipe"))


@pytest.mark.parametrize(
    ("status", "path", "method", "headers"),
    [
        (404, "/events/harbor", "GET", {}),
        (404, "/events/", "GET", {}),
        (404, "/events/harbor.aaaaaaaaaaaaaaaaaaaaaaaa", "GET", {}),
        (404, "/events/../{harbor}", "GET", {}),
        (405, "/events/{harbor}", "POST", {}),
        (400, "/events/{harbor}?last=-1", "GET", {}),
        (400, "/events/{harbor}?last=1" + "0" * 18, "GET", {}),
        (400, "/events/{harbor}?" + "x" * 201, "GET", {}),
        (400, "/events/{harbor}", "GET", {"Last-Event-ID": "yesterday"}),
        (400, "/events/" + ",".join(["{harbor}"] * 9), "GET", {}),
        (404, "/events/{harbor},harbor", "GET", {}),
    ],
)
def test_what_is_no_stream_is_refused_and_leaves_nothing(
    server, channels, status, path, method, headers
):
    address = path.replace("{harbor}", channels.address("harbor"))
    answer = server.get(address, method, **headers)
    assert answer.status == status
    assert server.totals()["clients"] == 0


def test_a_client_that_leaves_makes_room(folder, channels):
    with stream_server(folder, clients=2) as server:
        path = "/events/" + channels.address("harbor")
        first, second = server.client(path), server.client(path)
        assert server.client(path).status == 503
        first.close()
        until(lambda: server.totals()["clients"] == 1)
        assert server.client(path).status == 200
        second.close()


def test_one_address_cannot_take_every_place(folder, channels):
    path = "/events/" + channels.address("harbor")
    with stream_server(folder, clients_per_address=2) as server:
        clients = [server.client(path, "127.0.0.5") for _ in range(3)]
        assert [client.status for client in clients] == [200, 200, 429]
        assert server.client(path, "127.0.0.6").status == 200
        # A proxy of ours says for whom it asks; nobody else is believed.
        forged = {"X-Forwarded-For": "192.0.2.1"}
        assert server.client(path, "127.0.0.5", **forged).status == 429
        ours = [
            server.client(path, "127.0.0.9", **{"X-Forwarded-For": f"192.0.2.{number}"})
            for number in (1, 2, 3, 1, 1)
        ]
        assert [client.status for client in ours] == [200, 200, 200, 200, 429]


def test_a_stop_ends_every_stream_at_once(folder, channels):
    with stream_server(folder) as server:
        path = "/events/" + channels.address("harbor")
        clients = [server.client(path) for _ in range(50)]
        assert server.close() < 3
        assert all(client.is_ended() for client in clients)
    assert not list((folder / "listeners").glob("*.new"))


def test_who_stops_reading_costs_little_and_is_cut_off(tmp_path):
    """100 MB go by one client that reads everything and twenty that read nothing."""
    channels = channels_in(tmp_path)
    with stream_server(tmp_path, stuck_seconds=1) as server:
        path = "/events/" + channels.address("harbor")
        stuck = [server.client(path) for _ in range(20)]
        before, most = server.totals()["memory"], 0
        for number in range(12_500):
            channels.publish("harbor", "x" * 8_000)
            if number % 500 == 0:
                most = max(most, server.totals()["memory"])
        until(lambda: server.totals()["clients"] == 0)
        assert server.totals()["cut"] == 20
        assert most - before < 20_000, "KiB"
        assert all(client.is_cut() for client in stuck)


def test_who_reads_slower_than_we_publish_misses_nothing(tmp_path):
    channels = channels_in(tmp_path)
    with stream_server(tmp_path, unread_bytes=20_000) as server:
        client = server.client("/events/" + channels.address("harbor"))
        next(client.events())
        ids = [channels.publish("harbor", "x" * 4_000) for _ in range(200)]
        assert [int(event["id"]) for event in client.told(200)] == ids
        assert server.totals()["cut"] == 0
