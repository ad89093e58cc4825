"""Photographs of the ground: each belongs to what somebody saw there, and all here may see it.

They keep to the rules of every photograph: nothing but pixels, sealed, with words, a bin and
erasure. No page that a link opens shows one.

Every function works inside the caller's transaction: ``with factory.begin() as db``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import select

from walktalk.sessions.errors import AlreadyErased, AnswerNotFound, PhotographNotFound
from walktalk.sessions.photographs.kept import accepted_description
from walktalk.sessions.store.erasures import is_erased
from walktalk.sessions.store.models import Account, Photograph, SeenOnTheGround

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from walktalk.sessions.photographs.picture import Picture

GROUND = "ground"
"""What such a photograph shows."""


def add_of_ground(
    db: Session,
    account: Account,
    answer: UUID,
    picture: Picture,
    *,
    description: str,
    now: datetime,
) -> Photograph:
    """Keep a photograph with an answer of its own account; sent again, it is kept once.

    Args:
        db: the transaction.
        account: who took it.
        answer: what it belongs to; it is recorded already.
        picture: the photograph, made fit to hand out.
        description: one sentence of 1 to 200 characters.
        now: the present moment.

    Raises:
        RequestError: the description cannot be used.
        AnswerNotFound: there is no such answer of this account.
        AlreadyErased: it was erased for good.
    """
    said = accepted_description(description)
    photograph_id = uuid5(answer, "photograph")
    earlier = db.get(Photograph, photograph_id)
    if earlier is not None:
        return earlier
    if is_erased(db, photograph_id):
        raise AlreadyErased
    of_answer = select(SeenOnTheGround).where(
        SeenOnTheGround.answer == answer, SeenOnTheGround.account_id == account.id
    )
    row = db.scalars(of_answer.order_by(SeenOnTheGround.id)).first()
    if row is None:
        raise AnswerNotFound("There is no such answer: perhaps it was never sent.")
    photograph = Photograph(
        id=photograph_id,
        account_id=account.id,
        area_id=row.area_id,
        place_name="",
        shows=GROUND,
        spot=(),
        description=said,
        image=picture.content,
        width=picture.width,
        height=picture.height,
        taken_on=row.seen_on,
        created_at=now,
        answer=answer,
    )
    db.add(photograph)
    db.flush()
    return photograph


def list_of_ground(db: Session, area_id: str) -> Mapping[UUID, Photograph]:
    """Return the photographs of an area's ground by their answers, without those in the bin."""
    query = select(Photograph).where(
        Photograph.area_id == area_id,
        Photograph.answer.is_not(None),
        Photograph.deleted_at.is_(None),
    )
    return {each.answer: each for each in db.scalars(query) if each.answer is not None}


def image_of_ground(db: Session, area_id: str, answer: UUID) -> bytes:
    """Return the file of an answer's photograph.

    Raises:
        PhotographNotFound: there is none, or it is in the bin.
    """
    found = list_of_ground(db, area_id).get(answer)
    if found is None:
        raise PhotographNotFound("There is no such photograph.")
    return found.image
