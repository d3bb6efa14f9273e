"""The register of what left the house: who took which list, when and why."""
