"""Form sessions: a form being filled in, kept true to its rules by a dependency graph."""

from desktop_advisor.questionnaire.session.form_session import FormSession
from desktop_advisor.questionnaire.session.node_state import NodeState
from desktop_advisor.questionnaire.session.reasons import Reason

__all__ = ["FormSession", "NodeState", "Reason"]
