"""Checks the lists and proofs of Pendataan Non-ASN against their seals: offline, without the portal's own code.

Written apart from the portal on purpose: whoever doubts the portal should not have to run it.
"""
