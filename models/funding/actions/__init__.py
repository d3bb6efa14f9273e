"""What is done with funding applications. The table in workflow.py says who may, and when.

Every step takes a `key`: the same key of the same person is the same click, and changes nothing
more. `version` is the version the person saw; a newer one is a Conflict. Lock order: application,
award, budget from the root down.
"""
