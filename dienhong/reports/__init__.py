"""Reports (báo cáo) and the conference that hears them (hội nghị tổng kết): text whose numbers stay tied to the record."""
