"""Access (quyền): who acts, what they may do on a day and through which post, and the refusal that says why not."""
