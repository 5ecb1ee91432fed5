"""Held clauses → acts: what somebody accuses somebody of, and what somebody rebuts."""
