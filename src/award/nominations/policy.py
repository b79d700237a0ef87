"""Who may see and change a nomination. Pure: what is needed of the calendar is given."""

from award.kit.actor import Actor
from award.kit.i18n import gettext as _
from award.kit.verdict import ALLOWED, HIDDEN, Verdict, refused, visible_if


def may_nominate(actor: Actor) -> Verdict:
    """Members of a network have nominations, be there none yet."""
    return visible_if(actor.memberships)


def may_start(actor: Actor, network_id: str, *, writes: bool) -> Verdict:
    """A nomination is begun by those who may write for the network."""
    if network_id not in actor.memberships:
        return HIDDEN
    return ALLOWED if writes else _reads_only()


def may_read_own(actor: Actor, network_id: str) -> Verdict:
    """One's own network's nomination, and no other, at any time."""
    return visible_if(network_id in actor.memberships)


def may_write_own(actor: Actor, network_id: str, *, writes: bool) -> Verdict:
    """Changing, submitting and withdrawing are for the network's writers.

    Whether the deadline is over is asked by the action, which also writes down a late attempt.
    """
    if network_id not in actor.memberships:
        return HIDDEN
    return ALLOWED if writes else _reads_only()


def may_see_receipt(actor: Actor, network_id: str, *, submitted: bool) -> Verdict:
    """There is a receipt only for what was handed in."""
    return visible_if(network_id in actor.memberships and submitted)


def may_list(actor: Actor) -> Verdict:
    """The nominations of an edition: administrators, and auditors what is handed in."""
    return visible_if(actor.has("administrator") or actor.has("auditor"))


def may_export(actor: Actor, *, checking: bool) -> Verdict:
    """Whoever reads the list takes it along: auditors from the formal check on."""
    return visible_if(actor.has("administrator") or (actor.has("auditor") and checking))


def may_import(actor: Actor) -> Verdict:
    """Typing in what came by letter is the administrators'; the action asks the calendar."""
    return visible_if(actor.has("administrator"))


def may_save_filter(actor: Actor) -> Verdict:
    """Administrators keep their own searches of the list."""
    return visible_if(actor.has("administrator"))


def may_delete_filter(actor: Actor, account_id: str) -> Verdict:
    """One's own only; nobody sees another's."""
    return visible_if(actor.has("administrator") and actor.account_id == account_id)


def may_list_drafts(actor: Actor) -> Verdict:
    """A few facts of every draft are the administrators' to see."""
    return visible_if(actor.has("administrator"))


def may_see_entry(actor: Actor, *, submitted: bool, checking: bool) -> Verdict:
    """One nomination's page: its facts for administrators, all of it from the formal check on."""
    return visible_if(
        actor.has("administrator") or (actor.has("auditor") and submitted and checking)
    )


def may_read_submitted(actor: Actor, *, submitted: bool, checking: bool) -> Verdict:
    """The text of what was handed in, from the beginning of the formal check on."""
    overseer = actor.has("administrator") or actor.has("auditor")
    return visible_if(overseer and submitted and checking)


def may_see(actor: Actor, network_id: str, *, submitted: bool, checking: bool) -> Verdict:
    """One nomination as a program reads it: one's own network's, or as its overseers' page."""
    own = may_read_own(actor, network_id)
    return own or may_see_entry(actor, submitted=submitted, checking=checking)


def may_read_text(actor: Actor, network_id: str, *, submitted: bool, checking: bool) -> Verdict:
    """Its text likewise: of a draft nobody's but the network's, whatever was looked into."""
    own = may_read_own(actor, network_id)
    return own or may_read_submitted(actor, submitted=submitted, checking=checking)


def may_check(actor: Actor, *, submitted: bool, checking: bool) -> Verdict:
    """The formal check is an administrator's, from its beginning on; so is its extra time."""
    if not actor.has("administrator") or not submitted:
        return HIDDEN
    if not checking:
        return refused("too_early", _("The formal check has not begun yet."))
    return ALLOWED


def may_write_letters(actor: Actor) -> Verdict:
    """Administrators write to the networks."""
    return visible_if(actor.has("administrator"))


def may_look(actor: Actor, *, submitted: bool) -> Verdict:
    """An administrator may look into a draft, with a reason that is written down."""
    return visible_if(actor.has("administrator") and not submitted)


def may_extend(actor: Actor, *, judged: bool) -> Verdict:
    """An administrator gives a single nomination more time, until jurors may read."""
    return visible_if(actor.has("administrator") and not judged)


def may_read_draft(actor: Actor, *, looked: bool) -> Verdict:
    """The draft's text is there for a while after one's own logged look."""
    return visible_if(actor.has("administrator") and looked)


def may_read_files(actor: Actor, *, submitted: bool, checking: bool, looked: bool) -> Verdict:
    """What is attached is read by whoever may read the text."""
    if submitted:
        return may_read_submitted(actor, submitted=True, checking=checking)
    return may_read_draft(actor, looked=looked)


def may_propose(actor: Actor) -> Verdict:
    """Anybody with an account may propose a network; the action asks the calendar."""
    return visible_if(actor.is_signed_in)


def may_send_again(actor: Actor, proposed_by: str) -> Verdict:
    """Whoever proposed may have the letter sent again."""
    return visible_if(actor.is_signed_in and actor.account_id == proposed_by)


def may_change_proposal(actor: Actor, proposed_by: str, *, is_organisers: bool) -> Verdict:
    """Correcting and withdrawing are for whoever proposed, for the organiser any administrator.

    The action asks whether the network has answered.
    """
    if is_organisers:
        return visible_if(actor.has("administrator"))
    return may_send_again(actor, proposed_by)


def may_read_proposals(actor: Actor) -> Verdict:
    """What was proposed in an edition is read by administrators and auditors."""
    return visible_if(actor.has("administrator") or actor.has("auditor"))


def may_nominate_for(actor: Actor) -> Verdict:
    """Proposing on the organiser's behalf, and sending letters, is the administrators'."""
    return visible_if(actor.has("administrator"))


def may_prepare(actor: Actor, *, is_organisers: bool) -> Verdict:
    """An administrator's proposal may bring answers; the action asks whether it still waits."""
    return visible_if(actor.has("administrator") and is_organisers)


def _reads_only() -> Verdict:
    return refused(
        "reads_only",
        _("You may read this nomination. Writing is for those whom your network lets write."),
    )
