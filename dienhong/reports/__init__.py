"""Reports (báo cáo) and the conference that hears them (hội nghị tổng kết): numbers stay tied to the record."""
