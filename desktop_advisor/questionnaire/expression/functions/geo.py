"""Lengths and areas on a sphere (ODK XForms, "Geography functions").

A trace is "latitude longitude [altitude accuracy]; …". The radius is the equatorial one of
getodk/web-forms, so that both print the same square metres.
"""

from __future__ import annotations

import math
from itertools import pairwise

from desktop_advisor.questionnaire.expression.context import Compiled, Context
from desktop_advisor.questionnaire.expression.functions.signature import Function, text
from desktop_advisor.questionnaire.expression.values import Value, strings_of

RADIUS_M = 6_378_100

Point = tuple[float, float]


def _points(texts: list[str]) -> list[Point] | None:
    """Latitude and longitude in radians; None when one of the points is none."""
    found: list[Point] = []
    for written in (part for whole in texts for part in whole.strip().split(";")):
        point = _point(written)
        if point is None:
            return None
        found.append(point)
    return found


def _point(written: str) -> Point | None:
    parts = written.split()
    if not 2 <= len(parts) <= 4:
        return None
    try:
        latitude, longitude = float(parts[0]), float(parts[1])
    except ValueError:
        return None
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return math.radians(latitude), math.radians(longitude)


def _distance(context: Context, *arguments: Compiled) -> Value:
    points = _points([part for argument in arguments for part in strings_of(argument(context))])
    if points is None or len(points) < 2:
        return math.nan
    return _cents(sum(_arc(start, end) for start, end in pairwise(points)) * RADIUS_M)


def _arc(start: Point, end: Point) -> float:
    """Spherical law of cosines."""
    cosine = math.sin(start[0]) * math.sin(end[0]) + math.cos(start[0]) * math.cos(
        end[0]
    ) * math.cos(start[1] - end[1])
    return math.acos(max(-1.0, min(1.0, cosine)))


def _area(context: Context, argument: Compiled) -> Value:
    texts = strings_of(argument(context))
    if not any(texts):
        return 0.0
    points = _points(texts)
    if points is None:
        return math.nan
    if len(points) < 3:
        return 0.0
    total = sum(
        (end[1] - start[1]) * (2 + math.sin(end[0]) + math.sin(start[0]))
        for start, end in pairwise([*points, points[0]])
    )
    return _cents(abs(total * RADIUS_M * RADIUS_M / 2))


def _cents(value: float) -> float:
    return math.floor(value * 100 + 0.5) / 100


def _geofence(context: Context, point: Compiled, area: Compiled) -> Value:
    """Whether the point lies inside the closed trace: counts crossings of a ray."""
    place, corners = _point(text(context, point)), _points([text(context, area)])
    if place is None or corners is None or len(corners) < 3:
        return False
    inside = False
    for (y1, x1), (y2, x2) in pairwise([*corners, corners[0]]):
        if (y1 > place[0]) != (y2 > place[0]):
            crossing = x1 + (place[0] - y1) / (y2 - y1) * (x2 - x1)
            inside = inside != (place[1] < crossing)
    return inside


GEO = {
    "area": Function(1, 1, _area),
    "distance": Function(1, None, _distance),
    "geofence": Function(2, 2, _geofence),
}
