"""How the tests are shared out among the cores."""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController


class WholeFiles(LoadFileScheduling):
    """Hands whole files to the cores, so that what a file shares is made once and not twice.

    pytest-xdist's own groups are no way to say so: with pytest 9.2 its marks do nothing (its
    issue 1386), and each core then played the demo and entered the worked firms by itself.
    """

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # the order of collection stands

    def remove_node(self, node: WorkerController) -> str | None:
        """The test it died of, or None if it was done; what it had not come to goes to others.

        pytest-xdist hands out again all files the dead one ever had. Those without a test left
        bring no answer, and with enough of them the run stands still for ever; the test that ends
        its process is begun again until every spare is dead.
        """
        files = self.assigned_work.pop(node)
        unfinished = [test for tests in files.values() for test, done in tests.items() if not done]
        if not unfinished:
            return None
        died_of = unfinished[0]
        for file, tests in files.items():
            left = {test: False for test in tests if test in unfinished[1:]}
            if left:
                self.workqueue[file] = left
        for other in self.nodes:
            self._reschedule(other)
        return died_of
