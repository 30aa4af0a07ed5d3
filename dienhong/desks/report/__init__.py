"""The desk of reports (bàn báo cáo): sections, contributions, versions, approval, conference."""
