"""Lighthouse's verdict on a page: a phone with a slow network and a slow processor, simulated."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from dataclasses import dataclass
from typing import Any

from tests.chromium import PROGRAM

LIGHTHOUSE = "lighthouse@12.2.3"
"""The newest one that runs on the Node of Debian 12 and of this project's tests."""
_CATEGORIES = ("performance", "accessibility", "best-practices")
_SECONDS = 180


@dataclass(frozen=True)
class Verdict:
    """What Lighthouse says of a page.

    Attributes:
        scores: of 100, by category; each the median of the runs.
        paint_ms: largest contentful paint, milliseconds, median of the runs.
        below: audits that count and are below 100 %, as ``"id 90"``, of the last run.
        failed: audits that could not be made, by id, of the last run.
    """

    scores: dict[str, float]
    paint_ms: float
    below: tuple[str, ...]
    failed: tuple[str, ...]


def judge(address: str, runs: int) -> Verdict | str:
    """Return Lighthouse's verdict, or why there is none."""
    npx = shutil.which("npx")
    if npx is None:
        return "npx is missing: install Node 18 or newer"
    reports = []
    for _ in range(runs):
        done = _run(npx, address)
        if isinstance(done, str):
            return done
        reports.append(done)
    last = reports[-1]["audits"]
    return Verdict(
        scores={
            name: 100 * statistics.median(each["categories"][name]["score"] for each in reports)
            for name in _CATEGORIES
        },
        paint_ms=statistics.median(
            each["audits"]["largest-contentful-paint"]["numericValue"] for each in reports
        ),
        below=tuple(
            f"{name} {100 * last[name]['score']:.0f}"
            for name in sorted(_counted(reports[-1]))
            if last[name]["score"] is not None and last[name]["score"] < 1
        ),
        failed=tuple(n for n, audit in last.items() if audit["scoreDisplayMode"] == "error"),
    )


def _run(npx: str, address: str) -> Any:
    command = [
        npx,
        "--yes",
        LIGHTHOUSE,
        address,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(_CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    environment = {**os.environ, "CHROME_PATH": PROGRAM}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"{LIGHTHOUSE} did not finish in {_SECONDS} s"
    if done.returncode:
        return f"{LIGHTHOUSE} failed: {done.stderr.strip().splitlines()[-1:]}"
    return json.loads(done.stdout)


def _counted(report: Any) -> set[str]:
    """Return the audits that count towards a score."""
    return {
        audit["id"]
        for name in _CATEGORIES
        for audit in report["categories"][name]["auditRefs"]
        if audit["weight"]
    }
