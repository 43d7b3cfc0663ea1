"""Names of days and months and the fixed words of forms, by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

NBSP = "\u00a0"


@dataclass(frozen=True)
class Words:
    """One language's words; months and weekdays start at January and Monday."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    long_weekdays: tuple[str, ...]
    yes: str
    no: str
    unable: str
    open: str
    nothing: str
    accepted: str
    answered: str
    sources: Mapping[str, str]


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LANGUAGES: Mapping[str, Words] = {
    "en": Words(
        _split(
            "January February March April May June July August September October November December"
        ),
        _split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
        _split("Mon Tue Wed Thu Fri Sat Sun"),
        _split("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
        "Yes",
        "No",
        "Unable to answer",
        "Not answered",
        "Nothing to list",
        "Accepted",
        "Answered",
        {"known": "I know this", "asked": "I asked", "could_not_ask": "I could not ask"},
    ),
    "de": Words(
        _split(
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
        ),
        _split("Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez"),
        _split("Mo Di Mi Do Fr Sa So"),
        _split("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"),
        "Ja",
        "Nein",
        "Kann ich nicht beantworten",
        "Nicht beantwortet",
        "Nichts anzugeben",
        "Bestätigt",
        "Beantwortet",
        {
            "known": "Das weiß ich",
            "asked": "Ich habe gefragt",
            "could_not_ask": "Ich konnte nicht fragen",
        },
    ),
    "fr": Words(
        _split(
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
        ),
        _split("janv févr mars avr mai juin juil août sept oct nov déc"),
        _split("lun mar mer jeu ven sam dim"),
        _split("lundi mardi mercredi jeudi vendredi samedi dimanche"),
        "Oui",
        "Non",
        "Je ne peux pas répondre",
        "Sans réponse",
        "Rien à déclarer",
        "Accepté",
        "Répondu",
        {
            "known": "Je le sais",
            "asked": "J’ai demandé",
            "could_not_ask": "Je n’ai pas pu demander",
        },
    ),
    "es": Words(
        _split(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
            "diciembre"
        ),
        _split("ene feb mar abr may jun jul ago sep oct nov dic"),
        _split("lun mar mié jue vie sáb dom"),
        _split("lunes martes miércoles jueves viernes sábado domingo"),
        "Sí",
        "No",
        "No puedo responder",
        "Sin respuesta",
        "Nada que declarar",
        "Aceptado",
        "Respondido",
        {"known": "Lo sé", "asked": "Lo pregunté", "could_not_ask": "No pude preguntar"},
    ),
}
"""Every language that dates and fixed words exist in."""


def words(language: str) -> Words:
    """The words of a language (a tag such as ``de-CH`` counts as ``de``), else English."""
    return LANGUAGES.get(language.partition("-")[0], LANGUAGES["en"])


def short_date(day: date, language: str = "en") -> str:
    """``Fri 22 Jan 2027`` with no-break spaces: a date never wraps."""
    w = words(language)
    parts = (w.weekdays[day.weekday()], str(day.day), w.short_months[day.month - 1], f"{day.year}")
    return NBSP.join(parts)


def long_date(day: date, language: str = "en") -> str:
    """``1 January 2026`` with no-break spaces, for running text."""
    return NBSP.join((str(day.day), words(language).months[day.month - 1], f"{day.year}"))
