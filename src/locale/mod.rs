//! Floor 2: words, numbers, dates and order in the language of a page.
