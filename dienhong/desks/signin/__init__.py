"""Sign-in (đăng nhập): the door of the office and one's own account. Built on django-allauth, in the office's look."""
