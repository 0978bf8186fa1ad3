"""Whether this laptop has a network, as far as the system tells; nothing is sent to find out."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation


class NetworkState(QObject):
    """Follows the system's own view of the network.

    Signals:
        changed: `is_online` may differ now.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._information: QNetworkInformation | None = None

    def begin(self) -> None:
        """Start to listen; done after the first paint, since loading takes a moment."""
        feature = QNetworkInformation.Feature.Reachability
        if QNetworkInformation.loadBackendByFeatures(feature):
            self._information = QNetworkInformation.instance()
            self._information.reachabilityChanged.connect(self.changed)
        self.changed.emit()

    def is_online(self) -> bool | None:
        """None where the system does not tell."""
        if self._information is None:
            return None
        kinds = QNetworkInformation.Reachability
        reach = self._information.reachability()
        if reach is kinds.Unknown:
            return None
        return reach is not kinds.Disconnected
