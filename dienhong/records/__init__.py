"""Records (hồ sơ, số liệu): what goes on record. Figures of a year, and later claims, reports, honours."""
