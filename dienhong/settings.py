"""Settings by environment. (Grown in the next commits.)"""

SECRET_KEY = "x"
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, dict[str, str]] = {}
USE_TZ = True
