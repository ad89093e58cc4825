from walktalk.spelling import did_you_mean

AREAS = ["pittville-park", "sandford-park", "montpellier-gardens"]


def test_a_slip_is_answered_by_what_was_meant() -> None:
    assert did_you_mean("pitville-park", AREAS) == "did you mean pittville-park?"
    assert did_you_mean("PITTVILLE PARK", AREAS) == "did you mean pittville-park?"
    assert did_you_mean("sandford", AREAS) == "did you mean sandford-park?"


def test_what_is_like_nothing_gets_no_answer() -> None:
    assert did_you_mean("atlantis", AREAS) == ""
    assert did_you_mean("", AREAS) == ""
    assert did_you_mean("x", []) == ""


def test_a_name_is_answered_by_the_id_it_stands_for() -> None:
    assert did_you_mean("pump rom", {"Pump Room": "p-1", "p-1": "p-1"}) == "did you mean p-1?"
