"""The editors' side of the site. Forms and lists of single models are in `briefings.admin`."""
