"""Ctrl-C during a search (*interruption*): the first one asks for the best plan so far, the second one leaves at once.

While a search runs in the solver's own code, Python can't hear the keyboard. So a thread waits for the signal in its place,
where the system allows it.
"""

from __future__ import annotations

import os
import signal
import threading
from types import TracebackType

from api.terminal.problems import INTERRUPTED
from api.terminal.screen import notice

_HEARD = "Arrêt demandé : le meilleur parcours trouvé jusqu'ici va suivre. Ctrl-C encore pour quitter."
_CAN_WAIT = hasattr(signal, "sigwait") and hasattr(signal, "pthread_sigmask")


class Interruption:
    """While it is open, the first Ctrl-C makes :meth:`asked` true."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._over = False
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Interruption:
        if _CAN_WAIT and threading.current_thread() is threading.main_thread():
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            self._thread = threading.Thread(target=self._wait, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._thread is not None and self._thread.ident is not None:
            self._over = True
            signal.pthread_kill(self._thread.ident, signal.SIGINT)
            self._thread.join()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})

    def asked(self) -> bool:
        """Whether someone wants the best plan so far."""
        return self._asked.is_set()

    def _wait(self) -> None:
        while True:
            signal.sigwait({signal.SIGINT})
            if self._over:
                return
            if self._asked.is_set():
                os._exit(INTERRUPTED)
            self._asked.set()
            notice().line()
            notice().line(_HEARD, "yellow")
