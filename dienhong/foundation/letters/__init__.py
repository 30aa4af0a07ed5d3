"""The outbox (hộp thư đi): a letter is written with the act that causes it, and leaves by itself, once.

`actions.post` writes a letter in the transaction of its act. `sending.send_waiting` sends what waits, whoever calls it:
the thread of a server process (`postman.py`) or `dienhong letters send`. A letter is leased before it is sent, so that
no two senders have it at once; a sender that is killed loses the lease with time, and the letter is sent again under
the Message-ID it was written with. What the database and the mail server cannot promise together is said there too: a
sender killed after the server took a letter and before that was written sends it twice.
"""
