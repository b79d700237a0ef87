"""What people do with their accounts, one module per thing that is changed."""

from award.accounts.actions.feedback import report_barrier
from award.accounts.actions.inviting import (
    invite_again,
    invite_member,
    invite_network,
    invite_to_role,
)
from award.accounts.actions.links import (
    accept,
    ask_for_password,
    create_administrator,
    invite,
    make_link,
    register,
    use_link,
)
from award.accounts.actions.members import change_access, remove_member
from award.accounts.actions.networks import create_network, found_network, join
from award.accounts.actions.own import change_profile, set_password
from award.accounts.actions.roles import (
    confirm_administrator,
    end_role,
    make_auditor,
    proposal_hash,
    propose_administrator,
)
from award.accounts.actions.sessions import (
    count_failure,
    count_form,
    end_all_others,
    end_other_sessions,
    end_session,
    sign_in,
    sign_out,
    write_presence,
)
from award.accounts.actions.tokens import count_guess, end_token, make_token, write_token_use

__all__ = [
    "accept",
    "ask_for_password",
    "change_access",
    "change_profile",
    "confirm_administrator",
    "count_failure",
    "count_form",
    "count_guess",
    "create_administrator",
    "create_network",
    "end_all_others",
    "end_other_sessions",
    "end_role",
    "end_session",
    "end_token",
    "found_network",
    "invite",
    "invite_again",
    "invite_member",
    "invite_network",
    "invite_to_role",
    "join",
    "make_auditor",
    "make_link",
    "make_token",
    "proposal_hash",
    "propose_administrator",
    "register",
    "remove_member",
    "report_barrier",
    "set_password",
    "sign_in",
    "sign_out",
    "use_link",
    "write_presence",
    "write_token_use",
]
