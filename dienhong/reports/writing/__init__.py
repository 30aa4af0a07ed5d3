"""Ways out of a report (xuất báo cáo): DOCX and PDF in the layout of NĐ 30/2020, HTML, open data, slides."""
