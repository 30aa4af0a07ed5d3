"""Claims (nhận định): sentences that the machine checks against the figures, with the proof.

`rules` says when a claim is proved, `checking` brings the figures, `telling` writes sentence and sum in the reader's
language, `proposing` finds what is worth saying, `texts` checks what people wrote.
"""
