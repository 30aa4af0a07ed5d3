"""The rulebook (sổ luật): every number that a law gives, its source, its days in force, how well it was checked.

It loads and types lines; it knows no rule by name. Code that needs a value declares it once, at the top of its module:

    MAJORITY = rulebook.use("polls.threshold.law", Threshold, by="polls.put_to_vote")
    MAJORITY.on(day)

so that the page of the rulebook can show where a line is used and a wrong file is refused at start.
"""

from dienhong.foundation.rulebook.book import Line, Rulebook, RulebookFault, Share, Threshold, Use, book, load, use

__all__ = ["Line", "Rulebook", "RulebookFault", "Share", "Threshold", "Use", "book", "load", "use"]
