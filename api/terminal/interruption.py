"""Ctrl-C during a search (*interruption*): the first one asks for the best plan so far, the second one leaves at once.

While a search runs in the solver's own code, Python can't hear the keyboard, and the solver would hear it in our place. So the
signal is held back for every thread that starts from now on, and one thread waits for it, where the system allows that. Open
it before numerical libraries are imported: the threads that they start must hold the signal back too.
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
    """While it is open, Ctrl-C leaves at once until a search begins; then the first one makes :meth:`asked` true, and ``heard`` is said."""

    def __init__(self, heard: str = _HEARD) -> None:
        self._heard = heard
        self._asked = threading.Event()
        self._searching = False
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

    def search_begins(self) -> None:
        """From now on there is something to give to someone who stops waiting."""
        self._searching = True

    def asked(self) -> bool:
        """Whether someone wants the best plan so far."""
        return self._asked.is_set()

    def _wait(self) -> None:
        while True:
            signal.sigwait({signal.SIGINT})
            if self._over:
                return
            notice().line()
            if not self._searching or self._asked.is_set():
                notice().line("Interrompu.")
                os._exit(INTERRUPTED)
            notice().line(self._heard, "yellow")
            self._asked.set()
