"""Work (công việc): dossiers, and later programmes and tasks. The dossier is the hub that others point to."""
