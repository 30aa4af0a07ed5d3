"""The signs of the interface: a grid of 24, strokes of 1.5, the colour of the text. Never without a word."""

from __future__ import annotations

#: name -> the inside of an SVG of 24 by 24
ICONS: dict[str, str] = {
    "today": (
        '<rect x="3.5" y="5" width="17" height="15.5" rx="1"/>'
        '<path d="M3.5 9.5h17M8 2.8V6M16 2.8V6"/>'
        '<circle cx="12" cy="15" r="2.1" fill="currentColor" stroke="none"/>'
    ),
    "chamber": (
        '<path d="M2.5 19a9.5 9.5 0 0 1 19 0M6.5 19a5.5 5.5 0 0 1 11 0"/>'
        '<path d="M10.2 19.2a1.8 1.8 0 0 1 3.6 0z" fill="currentColor"/>'
    ),
    "text": ('<path d="M6 2.8h8.5L19 7.3v13.9H6zM14.2 3v4.6H19M9 12h7M9 15.2h7M9 18.2h4.2"/>'),
    "programme": (
        '<path d="M3.5 6l1.6 1.6L8 4.6M3.5 13l1.6 1.6L8 11.6M11 6.2h9.5M11 13.2h9.5M11 19.6h9.5"/>'
        '<rect x="4" y="18" width="3.4" height="3.4"/>'
    ),
    "year": ('<path d="M3 20.5h18"/><path d="M6 20V12M11 20V7.5M16 20V3.8M20 20v-5.4" stroke-width="2.4"/>'),
    "report": ('<path d="M4.5 2.8h15v18.4h-15zM8 7h8M8 10.2h8"/><path d="M8.5 17.5v-3M12 17.5v-4.6M15.5 17.5v-2"/>'),
    "register": (
        '<rect x="8.5" y="2.8" width="7" height="5"/>'
        '<rect x="2.5" y="15.8" width="6" height="5"/>'
        '<rect x="15.5" y="15.8" width="6" height="5"/>'
        '<path d="M12 8v4M5.5 15.6V12h13v3.6"/>'
    ),
    "journal": (
        '<path d="M5 3h11.5A2.5 2.5 0 0 1 19 5.5V21H7.5A2.5 2.5 0 0 1 5 18.5z"/>'
        '<path d="M5 18.5A2.5 2.5 0 0 1 7.5 16H19M9 7.2h6M9 10.6h6"/>'
    ),
    "rulebook": (
        '<path d="M12 4.5v16M12 3.2v1.3M6 7.2l6-1.6 6 1.6M8 20.5h8"/>'
        '<path d="M3 14l3-6.6L9 14a3 3 0 0 1-6 0zM15 14l3-6.6 3 6.6a3 3 0 0 1-6 0z"/>'
    ),
    "screen": (
        '<rect x="2.5" y="4" width="19" height="12.5" rx="1"/>'
        '<path d="M12 16.5v4M7.5 20.5h9"/>'
        '<path d="M6.5 12.8a5.5 5.5 0 0 1 11 0" stroke-width="2"/>'
    ),
    "seat": (
        '<rect x="4.5" y="2.8" width="15" height="18.4" rx="1.5"/>'
        '<path d="M8 9.4l2.6 2.7 5-5.6" stroke-width="2"/>'
        '<path d="M8 16.6h8"/>'
    ),
    "people": (
        '<circle cx="9" cy="8.2" r="3.4"/>'
        '<path d="M2.8 20a6.2 6.2 0 0 1 12.4 0M15.4 5.2a3.2 3.2 0 0 1 0 6M17 14.6a5.6 5.6 0 0 1 4.2 5.4"/>'
    ),
    "person": ('<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>'),
    "agenda": ('<path d="M4 5h3M10 5h10M4 12h3M10 12h10M4 19h3M10 19h10"/>'),
    "vote": (
        '<path d="M4 13.5h16v7H4zM7 13.5l1.5-3.2M17 13.5l-1.5-3.2"/>'
        '<path d="M9.5 3h5v9h-5z"/>'
        '<path d="M8.5 13.5h7" stroke-width="2.2"/>'
    ),
    "letter": ('<path d="M3 5.5h18v13H3z"/><path d="M3.4 6l8.6 7.2L20.6 6"/>'),
    "search": ('<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.3 15.3L21 21"/>'),
    "key": ('<path d="M10.8 12.2L20.5 2.8M17 6.2l2.8 2.8M14.4 8.8l2.2 2.2"/><circle cx="7.6" cy="15.6" r="4.4"/>'),
    "clock": ('<circle cx="12" cy="12" r="9"/><path d="M12 6.5V12l3.8 2.4"/>'),
    "settings": (
        '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2.2"/><circle cx="9" cy="17" r="2.2"/>'
    ),
    "leave": ('<path d="M13.5 4H5v16h8.5M10 12h11M17 8l4 4-4 4"/>'),
    "why": (
        '<circle cx="12" cy="12" r="9.5"/>'
        '<path d="M9.2 9.3a2.9 2.9 0 1 1 4.4 2.5c-1.1.7-1.6 1.2-1.6 2.3" stroke-width="1.8"/>'
        '<circle cx="12" cy="17.2" r="1.1" fill="currentColor" stroke="none"/>'
    ),
    "print": ('<path d="M7 8.5V3h10v5.5M7 17H3.5V8.5h17V17H17M7 14h10v7H7z"/>'),
    "bring": ('<path d="M12 3v11M7.5 9.8L12 14.2l4.5-4.4M4 17.5V21h16v-3.5"/>'),
    "send": ('<path d="M12 14.5v-11M7.5 7.8L12 3.4l4.5 4.4M4 17.5V21h16v-3.5"/>'),
    "add": ('<path d="M12 4.5v15M4.5 12h15" stroke-width="2"/>'),
    "shut": ('<path d="M5 5l14 14M19 5L5 19" stroke-width="2"/>'),
    "back": ('<path d="M20 12H4.5M10.5 6l-6 6 6 6" stroke-width="2"/>'),
    "next": ('<path d="M4 12h15.5M13.5 6l6 6-6 6" stroke-width="2"/>'),
    "warning": (
        '<path d="M12 3L22 20.5H2z"/>'
        '<path d="M12 9.5v5" stroke-width="2"/>'
        '<circle cx="12" cy="17.4" r="1.1" fill="currentColor" stroke="none"/>'
    ),
    "done": (
        '<circle cx="12" cy="12" r="10" fill="currentColor" stroke="none"/>'
        '<path class="on" d="M7.2 12.4l3.2 3.3 6.4-7.2" stroke-width="2.4"/>'
    ),
    "contradicted": (
        '<rect x="2.5" y="2.5" width="19" height="19" fill="currentColor" stroke="none"/>'
        '<path class="on" d="M8 8l8 8M16 8l-8 8" stroke-width="2.4"/>'
    ),
    "for": ('<circle cx="12" cy="12" r="10.5" stroke-width="2"/><path d="M6.8 12.4l3.6 3.7 7-8" stroke-width="2.6"/>'),
    "against": (
        '<path d="M12 .9L23.1 12 12 23.1.9 12z" stroke-width="2"/>'
        '<path d="M8.4 8.4l7.2 7.2M15.6 8.4l-7.2 7.2" stroke-width="2.6"/>'
    ),
    "abstain": (
        '<circle cx="12" cy="12" r="10.5" stroke-width="2" stroke-dasharray="4.2 2.4"/>'
        '<path d="M7 12h10" stroke-width="2.8"/>'
    ),
    "absent": ('<circle cx="12" cy="12" r="3.6" fill="currentColor" stroke="none"/>'),
    "held": (
        '<path d="M3 9.2a13 13 0 0 1 18 0M6.3 13a8.2 8.2 0 0 1 11.4 0M9.4 16.7a3.8 3.8 0 0 1 5.2 0" stroke-width="2"/>'
        '<circle cx="12" cy="20" r="1.5" fill="currentColor" stroke="none"/>'
        '<path d="M4 3l16 18" stroke-width="2"/>'
    ),
    "files": ('<path d="M3 6.5h6.5l2 2.5H21v11.5H3z"/><path d="M3 6.5V4h6l2 2.5"/>'),
    "inspect": (
        '<path d="M12 2.8l8 3v6.4c0 4.4-3.2 7.4-8 9-4.8-1.6-8-4.6-8-9V5.8z"/>'
        '<path d="M8.4 12l2.6 2.7 4.8-5.4" stroke-width="2"/>'
    ),
}
