"""What the columns of such lists are called: English, Dutch, German, French, Spanish and Polish, in plain form (small letters and digits only)."""

from __future__ import annotations

import re
from functools import lru_cache

from cmdesk.api import survey_roles

_ROLES = (
    ("original", r"nameoriginal(?:name)?|naamoorspronkelijkenaam|name(?:urspr|ursprunglicher|original)name|nomd?origine|nombreoriginal"),
    ("event", r"event(?:name|title)?|eventtitel|meeting(?:title|name|topic|subject)?|webinar(?:name)?|sessi(?:on|e)(?:name|title)?|evenement|veranstaltung|evento|termin"),
    ("event_id", r"event(?:id|instanceid)|(?:meeting|webinar)id"),
    ("start", r"event(?:start)?date|eventstart(?:time)?|meetingdate|startofmeeting"),
    ("upn", r"(?:participant|deelnemer|teilnehmer|(?:idde)?participante?)?(?:id)?upn|userprincipalname"),
    ("email", r"(?:user|attendee|participant|work|gebruikers|benutzer)?e?mail(?:address|adresse?|adres)?(?:vandegebruiker|vangebruiker|desbenutzers)?|adresse(?:e|courriel|mail|email)+|courriel|correo(?:electronico)?|adresemail"),
    ("first", r"firstname|givenname|voornaam|vorname|prenom|imie"),
    ("last", r"lastname|surname|familyname|achternaam|nachname|familienname|nomdefamille|apellidos?|nazwisko"),
    ("name", r"(?:full|display|user|attendee|participant|guest)?name|participant|attendee|naam|volledigenaam|deelnemer(?:naam)?|teilnehmer(?:name)?|vollstandigername|nom(?:complet)?"
     r"|nombre(?:completo)?|participante|imieinazwisko|名前|氏名|参加者|الاسم"),
    ("join", r"jointime|timejoined|firstjoin(?:time)?|joinedat|joinedtime|eerstedeelname|tijd(?:stip)?vandeelname|eerstekeerdeelgenomen|deelnametijd|ersterbeitritt|beitrittszeit(?:punkt)?"
     r"|beigetretenum|premier(?:e)?(?:participation|connexion|acces)|heuredarrivee|heuredeconnexion|primera(?:union|entrada|conexion)|horadeentrada|horadeunion|pierwszedolaczenie"
     r"|check(?:ed)?in(?:time|date|at|dateandtime)?(?:utc)?|参加時刻|وقتالانضمام"),
    ("leave", r"leavetime|timeexited|timeleft|lastleave(?:time)?|leftat|laatstevertrek|tijd(?:stip)?van(?:vertrek|verlaten)|laatstekeerverlaten|vertrektijd|letztesverlassen|letzteraustritt|verlassenum|austrittszeit"
     r"|dernierdepart|heurededepart|ultimasalida|horadesalida|ostatnieopuszczenie|退出時刻"),
    ("duration", r"(?:total|inmeeting|meeting)?(?:duration|time(?:in(?:session|meeting|event)))(?:minutes|mins?)?|duur(?:minuten|vandeelname|indevergadering|invergadering)?|dauer(?:derbesprechung|minuten)?"
     r"|duree(?:delareunion|dansleappel|minutes)?|duracion(?:enlareunion|minutos)?|czastrwania|参加時間分?"),
    ("action", r"useraction|gebruikersactie|benutzeraktion|actiondelutilisateur|acciondelusuario"),
    ("status", r"attendeestatus|attendance(?:status)?|haveyouattended|attended|checkedin|present|presence|aanwezig(?:heid)?|anwesend(?:heit)?|asistencia|asistio|obecnosc"),
    ("registered", r"rsvp(?:status)?|approvalstatus|registrationstatus|aanmeldstatus"),
    ("stamp", r"timestamp|tijdstempel|zeitstempel|horodatage|marcadetiempo"),
    ("guest", r"guest|isguest|gast|invite|invitado"),
    ("order", r"order(?:id|no|number)?|ordernr|bestelnummer|bestellnummer"),
    ("ticket", r"ticket(?:type|name)|tickettypename"),
    ("member", r"(?:user|member)id"),
)  # fmt: skip
_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
TITLES = re.compile(r"(?:meeting|event|webinar)?(?:title|topic|name)|topic|titelvandevergadering|vergadering(?:s)?titel|besprechungstitel|titelderbesprechung|titredelareunion|titulodelareunion|thema|onderwerp")
STARTS = re.compile(r"(?:actual)?start(?:time|date)?|meetingstarttime|begin(?:tijd)?|starttijd|startzeit|heurededebut|horadeinicio|date")
CAME = frozenset(
    ["checkedin", "attended", "attendedinperson", "attendedonline", "attendedvirtually", "present", "yes", "y", "true", "1", "x", "ja", "oui", "si", "aanwezig", "anwesend", "tak", "joined", "showed", "✓", "✔"]
)
CALLED_OFF = frozenset(["deleted", "cancelled", "canceled", "refunded", "transferred", "geannuleerd", "storniert", "annule", "cancelado"])
AWAY = frozenset(["notattending", "noshow", "no", "n", "false", "0", "nee", "nein", "non", "absent", "afwezig", "abwesend", "declined", "waitlist", "waitlisted", "invited", "pending", "pendingapproval", "maybe"])
ADDED = re.compile(r"\s*\((?:guest|gast|invit[eé]|invitado|unverified|niet geverifieerd|nicht überprüft|nicht verifiziert|non vérifié|no verificado|extern|external|externe|host|co-host|me)\)", re.IGNORECASE)
"""What Teams and Zoom put behind a name."""


@lru_cache(maxsize=4_096)
def role_of(head: str) -> str:
    """The role of a column, "" for none."""
    form = plain(head)
    if "#" in head and form != "order":  # a number, such as "Attendee #"
        return ""
    return next((role for role, pattern in _PATTERNS if pattern.fullmatch(form)), "")


def plain(word: str) -> str:
    """`word` without case, accents, blanks and signs; ß counts as ss."""
    return survey_roles.plain(word.replace("ß", "ss").replace("ł", "l").replace("Ł", "L"))
