"""The screen (màn hình hội trường): the display of the plenary hall. It shows, nobody presses anything on it."""
