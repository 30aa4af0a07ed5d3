"""Home (hôm nay): what awaits me today, whatever my post is."""
