"""What each entry says, in words that follow the person's name.

An entry keeps its code for ever, also when the slice that wrote it is gone; so the words stand
with the log, and a test finds a code without any.
"""

from award.kit.i18n import gettext as _


def sentences() -> dict[str, str]:
    """The words of every action, in the language of the page."""
    return {
        "accounts.change_profile": _("changed their own details"),
        "accounts.confirm_administrator": _("confirmed an administrator"),
        "accounts.create_administrator": _("made the first administrator on the server"),
        "accounts.create_network": _("added a network"),
        "accounts.end_role": _("ended a role"),
        "accounts.end_session": _("ended a session"),
        "accounts.end_sessions": _("ended all other sessions"),
        "accounts.invite": _("invited a person"),
        "accounts.join": _("took a person into a network, or changed what they may do there"),
        "accounts.make_auditor": _("made a person an auditor"),
        "accounts.propose_administrator": _("proposed an administrator"),
        "accounts.remove_member": _("took a person out of a network"),
        "accounts.report_barrier": _("reported a barrier"),
        "accounts.set_password": _("chose a password"),
        "accounts.sign_in": _("signed in"),
        "accounts.sign_out": _("signed out"),
        "decisions.confirm": _("confirmed the decision"),
        "decisions.propose": _("proposed a decision"),
        "demo.move_clock": _("moved the clock of the demonstration"),
        "jury.admit_juror": _("let a juror judge in spite of a reported conflict"),
        "jury.assign": _("assigned a nomination to a juror"),
        "jury.declare_conflict": _("declared a conflict of interest"),
        "jury.enter_round": _("took nominations into a round"),
        "jury.exclude": _("excluded a juror from a nomination"),
        "jury.exclude_sheet": _("left a score sheet out, with a reason"),
        "jury.hand_in": _("handed in a score sheet"),
        "jury.open_round": _("confirmed the opening of a round"),
        "jury.propose_opening": _("proposed to open a round"),
        "jury.recuse": _("stepped back from a nomination"),
        "jury.report_conflict": _("reported that a juror may be partial"),
        "jury.save_sheet": _("saved a score sheet"),
        "jury.seat": _("changed a seat on the panel"),
        "jury.unassign": _("took a nomination off a juror's list"),
        "nominations.attached": _("attached a file"),
        "nominations.checked": _("recorded the formal check"),
        "nominations.detached": _("took a file off"),
        "nominations.exported": _("downloaded the list of nominations"),
        "nominations.late": _("tried to hand in after the deadline"),
        "nominations.looked_into": _("looked into a draft, with a reason"),
        "nominations.received_outside_form": _("entered a nomination that came by letter"),
        "nominations.reopened": _("began to change what was handed in"),
        "nominations.closed_again": _("left it at what was handed in"),
        "nominations.saved": _("saved a section"),
        "nominations.started": _("began a nomination"),
        "nominations.submitted": _("handed in a nomination"),
        "nominations.withdrawn": _("withdrew a nomination"),
        "programmes.change_criteria": _("changed the criteria"),
        "programmes.change_edition": _("changed what an edition says of itself"),
        "programmes.change_form": _("changed the form"),
        "programmes.change_rounds": _("changed the rounds"),
        "programmes.copy_edition": _("made an edition as a copy"),
        "programmes.make_edition": _("made an edition"),
        "programmes.make_programme": _("made the award"),
        "programmes.move_phase": _("moved a phase"),
        "programmes.publish": _("published the call"),
        "ranking.compute": _("computed a ranking"),
    }
