"""The sheets of an opened round; before the opening these addresses do not exist."""

from award.jury import policy, queries
from award.jury.pages.rounds import PATH, about, found
from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.programmes import queries as programmes
from award.web.call import Answer, Call, page
from award.web.routes import Routes

routes = Routes()


@routes.get(f"{PATH}/sheets", policy=policy.may_read_sheets)
def show_sheets(call: Call, slug: str, n: int) -> Answer:
    return _sheets(call, slug, n)


@routes.get(f"{PATH}/sheets/{{nomination_id:str}}", policy=policy.may_read_sheets)
def show_sheets_of(call: Call, slug: str, n: int, nomination_id: str) -> Answer:
    return _sheets(call, slug, n, nomination_id)


def _sheets(call: Call, slug: str, n: int, nomination_id: str = "") -> Answer:
    """All sheets, or those on one nomination; a juror who leads never where in conflict."""
    edition, round_, seat = found(call, slug, n)
    is_opened = queries.is_opened(call.db, round_.id)
    call.allow(policy.may_read_sheets, seat, is_opened=is_opened)
    reader = seat.id if seat else None
    sheets = queries.opened_sheets(
        call.db, round_.id, reader_seat_id=reader, nomination_id=nomination_id
    )
    if nomination_id and not sheets:
        raise NotFound
    return page(
        "jury/opened_one.html" if nomination_id else "jury/opened.html",
        **about(call, edition, round_, _("Sheets")),
        criteria=programmes.criteria(call.db, edition.id),
        sheets=sheets,
    )
