"""The words of GMB groups. Pure."""

ROLES = {"convenor": "Convenor", "secretary": "Secretary", "member": "Member"}
WHIPS = {
    "held": "Holds the whip",
    "suspended": "Whip suspended",
    "withdrawn": "Whip withdrawn",
    "none": "Sits without a whip",
}
