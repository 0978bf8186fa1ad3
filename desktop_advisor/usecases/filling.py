"""A questionnaire as one perspective filled it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.usecases.scoring import Answers
from desktop_advisor.usecases.workplace import Form, Workplace


def filled_session(
    place: Workplace, form: Form, company: Mapping[str, str], answers: Answers, language: str
) -> FormSession:
    """The form with the company's facts and these answers in it: what is relevant, how worded.

    company: question of the form → value, as the company file knows it; "" is left unasked.
    """
    session = FormSession(form.xform, now=place.clock)
    session.set_language(language)
    known = {question.name for question in form.xform.questions}
    said = {name: record.response.form_value for name, record in answers.items()}
    for name, value in {**company, **said}.items():
        if name in known and value:
            session.set_value(session.ref_of(name), value)
    return session
