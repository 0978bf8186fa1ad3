"""The web console of a network's coordinators, auditors and admins: pages made on the server."""
