"""Word lists written by hand: the small words of English, its verbs and nouns of reporting, its titles and roles."""
