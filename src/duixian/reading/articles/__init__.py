"""Prose into sentences that commit to something: work reports, county plans, newspaper pages."""
