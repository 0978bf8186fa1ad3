"""XForms: reading a compiled questionnaire (ODK XForms specification)."""

from desktop_advisor.questionnaire.xform.errors import BrokenForm
from desktop_advisor.questionnaire.xform.form import XForm
from desktop_advisor.questionnaire.xform.model import Choice, Question
from desktop_advisor.questionnaire.xform.reader import read_xform

__all__ = ["BrokenForm", "Choice", "Question", "XForm", "read_xform"]
