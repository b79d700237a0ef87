"""How far a round is: numbers of sheets per juror and per nomination, never what is in them."""

from award.jury import policy, queries
from award.jury.pages.rounds import PATH, about, found
from award.kit.i18n import gettext as _
from award.web.call import Answer, Call, page
from award.web.routes import Routes

routes = Routes()


@routes.get(f"{PATH}/progress", policy=policy.may_watch)
def show_progress(call: Call, slug: str, n: int) -> Answer:
    edition, round_, seat = found(call, slug, n)
    call.allow(policy.may_watch, seat)
    reader = seat.id if seat else None
    is_opened = queries.is_opened(call.db, round_.id)
    jurors = queries.progress(call.db, round_.id, reader_seat_id=reader)
    return page(
        "jury/progress.html",
        **about(call, edition, round_, _("Progress")),
        is_blind=bool(reader) and queries.hides_networks(call.db, edition.id, opened=is_opened),
        jurors=jurors,
        assigned=sum(one.assigned for one in jurors),
        handed_in=sum(one.handed_in for one in jurors),
        nominations=queries.coverage(call.db, round_.id, reader_seat_id=reader),
        recusals=queries.recusals(call.db, round_.id, reader_seat_id=reader),
    )
