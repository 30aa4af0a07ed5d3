"""Desks (bàn làm việc): what one kind of person does on a screen. No desk imports another."""
