"""People, networks, memberships, roles, invitations, sessions and passwords."""
