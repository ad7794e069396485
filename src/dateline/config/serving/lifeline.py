"""No process of a newsroom outlives the one that started it."""

import ctypes
import os
import signal
import sys
import threading
import time

_SET_PARENT_DEATH_SIGNAL = 1
_LOOK_SECONDS = 0.5


def die_with(parent: int) -> None:
    """
    Have the kernel end this process when its parent is gone.

    A server left behind by a killed parent would keep the port and, through
    SO_REUSEPORT, take requests from its successor.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        # It was gone before we could ask.
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)
