"""The rules of GPX 1.1 and TCX that concern us, written from the published schemas.

Each element's children are listed in the order of the schema, with how often they may come and
what a value has to look like. https://www.topografix.com/GPX/1/1/ and
https://www8.garmin.com/xmlschemas/TrainingCenterDatabasev2.xsd
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

Check = Callable[[str], bool]


@dataclass(frozen=True)
class Element:
    """What an element may hold.

    Attributes:
        children: (name, at least, at most) in the schema's order; ``None`` for any number.
        attributes: name to check; all of them required.
        value: check of the text of an element without children.
    """

    children: tuple[tuple[str, int, int | None], ...] = ()
    attributes: dict[str, Check] = field(default_factory=dict)
    value: Check | None = None


def between(low: float, high: float, *, high_too: bool = True) -> Check:
    def check(text: str) -> bool:
        number = re.fullmatch(r"[+-]?\d+(\.\d+)?", text)
        return bool(number) and (low <= float(text) < high or (high_too and float(text) == high))

    return check


def any_text(text: str) -> bool:
    return text == text.strip() and bool(text)


def web_address(text: str) -> bool:
    return bool(urlsplit(text).scheme)


def moment(text: str) -> bool:
    return datetime.fromisoformat(text).tzinfo is not None


def token(longest: int) -> Check:
    return lambda text: 1 <= len(text) <= longest and text == " ".join(text.split())


def one_of(*words: str) -> Check:
    return lambda text: text in words


ANY = Element(value=any_text)
_LATITUDE, _LONGITUDE = between(-90, 90), between(-180, 180, high_too=False)
_POSITION = {"lat": _LATITUDE, "lon": _LONGITUDE}
_POINT = (
    ("ele", 0, 1),
    ("time", 0, 1),
    ("name", 0, 1),
    ("cmt", 0, 1),
    ("desc", 0, 1),
    ("src", 0, 1),
    ("sym", 0, 1),
    ("type", 0, 1),
)

GPX_NAMESPACE = "http://www.topografix.com/GPX/1/1"
GPX = {
    "gpx": Element(
        (("metadata", 0, 1), ("wpt", 0, None), ("rte", 0, None), ("trk", 0, None)),
        {"version": one_of("1.1"), "creator": any_text},
    ),
    "metadata": Element(
        (
            ("name", 0, 1),
            ("desc", 0, 1),
            ("author", 0, 1),
            ("copyright", 0, 1),
            ("time", 0, 1),
        )
    ),
    "author": Element((("name", 0, 1),)),
    "copyright": Element((("year", 0, 1), ("license", 0, 1)), {"author": any_text}),
    "license": Element(value=web_address),
    "wpt": Element(_POINT, _POSITION),
    "trk": Element((("name", 0, 1), ("type", 0, 1), ("trkseg", 0, None))),
    "trkseg": Element((("trkpt", 0, None),)),
    "trkpt": Element(_POINT, _POSITION),
    "ele": Element(value=between(-500, 9000)),
    "time": Element(value=moment),
    "name": ANY,
    "desc": ANY,
    "sym": ANY,
    "type": ANY,
}

_TCX_POSITION = Element((("LatitudeDegrees", 1, 1), ("LongitudeDegrees", 1, 1)))
TCX_NAMESPACE = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
TCX = {
    "TrainingCenterDatabase": Element((("Courses", 0, 1),)),
    "Courses": Element((("Course", 0, None),)),
    "Course": Element(
        (
            ("Name", 1, 1),
            ("Lap", 0, None),
            ("Track", 0, None),
            ("Notes", 0, 1),
            ("CoursePoint", 0, None),
        )
    ),
    "Course/Name": Element(value=token(15)),
    "Lap": Element(
        (
            ("TotalTimeSeconds", 1, 1),
            ("DistanceMeters", 1, 1),
            ("BeginPosition", 0, 1),
            ("EndPosition", 0, 1),
            ("Intensity", 1, 1),
        )
    ),
    "TotalTimeSeconds": Element(value=between(0, 1e9)),
    "DistanceMeters": Element(value=between(0, 1e9)),
    "Intensity": Element(value=one_of("Active", "Resting")),
    "BeginPosition": _TCX_POSITION,
    "EndPosition": _TCX_POSITION,
    "Position": _TCX_POSITION,
    "LatitudeDegrees": Element(value=_LATITUDE),
    "LongitudeDegrees": Element(value=_LONGITUDE),
    "AltitudeMeters": Element(value=between(-500, 9000)),
    "Track": Element((("Trackpoint", 1, None),)),
    "Trackpoint": Element(
        (("Time", 1, 1), ("Position", 0, 1), ("AltitudeMeters", 0, 1), ("DistanceMeters", 0, 1))
    ),
    "Time": Element(value=moment),
    "Notes": ANY,
    "CoursePoint": Element(
        (
            ("Name", 1, 1),
            ("Time", 1, 1),
            ("Position", 1, 1),
            ("AltitudeMeters", 0, 1),
            ("PointType", 1, 1),
            ("Notes", 0, 1),
        )
    ),
    "CoursePoint/Name": Element(value=token(10)),
    "PointType": Element(
        value=one_of("Generic", "Water", "Food", "Danger", "Left", "Right", "Straight")
    ),
}


def breaches(document: bytes, namespace: str, rules: dict[str, Element]) -> list[str]:
    """Every rule the document breaks, in words."""
    return list(_breaches(etree.fromstring(document), namespace, rules, parent=""))


def _breaches(
    node: etree._Element, namespace: str, rules: dict[str, Element], parent: str
) -> list[str]:
    name = etree.QName(node)
    if name.namespace != namespace:
        return [f"{name.text} is not of the format"]
    rule = rules.get(f"{parent}/{name.localname}") or rules.get(name.localname)
    if rule is None:
        return [f"{name.localname} is not known"]
    found = [f"{name.localname}: {wrong}" for wrong in _own(node, rule)]
    for child in node:
        found += _breaches(child, namespace, rules, name.localname)
    return found


def _own(node: etree._Element, rule: Element) -> list[str]:
    wrong = []
    for attribute, check in rule.attributes.items():
        if attribute not in node.attrib or not check(node.attrib[attribute]):
            wrong.append(f"attribute {attribute} is {node.attrib.get(attribute)!r}")
    names = [etree.QName(child).localname for child in node]
    order = [name for name, _, _ in rule.children]
    if [n for n in names if n in order] != sorted(
        (n for n in names if n in order), key=order.index
    ):
        wrong.append(f"its children come as {names}")
    wrong += [f"{name} does not belong here" for name in names if name not in order]
    for name, least, most in rule.children:
        count = names.count(name)
        if count < least or (most is not None and count > most):
            wrong.append(f"{count} of {name}")
    if rule.value is not None and not rule.value(node.text or ""):
        wrong.append(f"value {node.text!r}")
    return wrong
