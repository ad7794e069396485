"""Open a newsroom: check, prepare, start, tell, mind, close."""

import http.client
import json
import logging.config
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from dateline.config.serving import folder as folders
from dateline.config.serving.children import Child, Minder
from dateline.config.serving.fingerprint import epoch, fingerprint
from dateline.config.serving.folder import DataFolder
from dateline.config.serving.ports import held_port, refuse_taken_port
from dateline.config.serving.pulse import Pulse, front_beats, server_answers
from dateline.config.serving.refusals import Refused
from dateline.config.serving.seat import ALIVE, PAGES, fronts_of, socket_path
from dateline.config.settings.options import Options
from dateline.pagestore.store import Store

PREPARATION = "dateline.config.serving.preparation"
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (what is asked, not bound)


@dataclass
class Opening:
    """One newsroom from its opening to its close."""

    chosen: Options
    with_demo: bool
    began: float = field(default_factory=time.monotonic)
    sign_in: dict[str, str] = field(default_factory=dict)
    pulses: tuple[Pulse, ...] = ()

    def run(self) -> int:
        """
        Keep the newsroom open until told to close.

        :raises Refused: it cannot be opened; nothing is left half made
        """
        logging.config.dictConfig(self.chosen.logging)
        refuse_taken_port(self.chosen.host, self.chosen.port)
        folder = folders.take(self.chosen.data)
        try:
            minder = Minder()
            minder.listen()
            self._prepare_if_due(folder, minder)
            if not minder.is_stopping:
                with socket_path(folder.path) as socket:
                    self._mind(minder, str(socket))
        finally:
            os.close(folder.lock)
        print("Dateline is closed.", flush=True)
        return 0

    def _mind(self, minder: Minder, socket: str) -> None:
        # Preparing takes a while; somebody may have come in between.
        refuse_taken_port(self.chosen.host, self.chosen.port)
        # Pages are served again once all purges are applied: by whichever of the
        # server and the worker comes first.
        store = Store(self.chosen.data / PAGES)
        store.prepare(epoch(self.chosen))
        fronts = [
            Child(f"front {number}", "dateline.config.serving.front", (socket,))
            for number in range(1, fronts_of(self.chosen) + 1)
        ]
        server = Child("server", "dateline.config.serving.web", (socket,))
        worker = Child("worker", "dateline.config.serving.worker")
        minder.children = (*fronts, server, worker)
        server_is_there = partial(server_answers, Path(socket), ALIVE)
        self.pulses = (
            Pulse(server, server_is_there),
            *(Pulse(front, partial(front_beats, store, front)) for front in fronts),
        )
        with held_port(self.chosen.host, self.chosen.port):
            try:
                minder.start()
                for pulse in self.pulses:
                    pulse.feel()
                minder.mind(lambda: server_is_there() and self._tell_once_open())
            finally:
                for pulse in self.pulses:
                    pulse.closing.set()
                minder.stop()

    @property
    def _asked_host(self) -> str:
        return ANYWHERE.get(self.chosen.host, self.chosen.host)

    def _prepare_if_due(self, folder: DataFolder, minder: Minder) -> None:
        due = fingerprint(self.chosen)
        if folder.stamp.get("prepared_for") == due:
            return
        folders.refuse_full_disk(folder.path)
        if not folder.is_new:
            print(f"Bringing {folder.path} up to date:", flush=True)
            self._prepare(folder, minder, due)
            return
        print(f"Setting up {folder.path}:", flush=True)
        # A set-up that was cut off has left its mark: begin again from nothing.
        folder.clear()
        folder.mark()
        try:
            self._prepare(folder, minder, due)
        except BaseException:
            folder.clear()
            raise

    def _prepare(self, folder: DataFolder, minder: Minder, due: str) -> None:
        command = [sys.executable, "-m", PREPARATION, str(os.getpid())]
        if self.with_demo:
            command.append("--demo")
        process = subprocess.Popen(  # noqa: S603  (our own module)
            command, stdout=subprocess.PIPE, start_new_session=True
        )
        while True:
            try:
                output, _ = process.communicate(timeout=0.2)
                break
            except subprocess.TimeoutExpired:
                if minder.is_stopping:
                    process.terminate()
        if minder.is_stopping:
            raise Refused(
                "Stopped before it was set up; nothing was kept."
                if folder.is_new
                else "Stopped before it was up to date; the next start begins again."
            )
        if process.returncode != 0:
            # It has said why.
            raise SystemExit(1)
        self.sign_in = json.loads(output)
        folder.finish({"prepared_for": due})

    def _tell_once_open(self) -> bool:
        if not self._answers():
            return False
        for pulse in self.pulses:
            pulse.was_heard()
        seconds = time.monotonic() - self.began
        url = self.chosen.public_url
        print(f"\nDateline is open ({seconds:.1f} s).\n", flush=True)
        print(f"  The paper  {url}/")
        print(f"  The desk   {url}/desk/")
        if self.sign_in:
            print(f"  Sign in    {self.sign_in['name']}  {self.sign_in['password']}")
            print("             (shown this once; the desk can change it)")
        print(f"  Data       {self.chosen.data}")
        print("\nCtrl-C closes it.\n", flush=True)
        return True

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(
            self._asked_host, self.chosen.port, timeout=5
        )
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            answer = connection.getresponse()
            # The front alone answers with a page that asks to try again.
            return answer.getheader("Content-Type") == "application/json"
        except OSError:
            return False
        finally:
            connection.close()
