"""The siting screen: criteria in, patches of land out."""
