"""What columns and cells are called in English, Dutch, German, French and Spanish, and in the languages of `words_more`. Headers are compared in plain form: without case, accents,
blanks and signs. The first word of a list that a table has wins."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cmdesk.api import survey_roles

from . import words_more

ColumnWords = Mapping[str, str]


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """`word` without case, accents, blanks and signs: "E-mail adres" → "emailadres"."""
    return survey_roles.plain(word.replace("ß", "ss"))


CLOCK = "time timeofday clock tijd uhrzeit zeit uhr heure hora godzina klokslag starttime starttijd"
"""Columns that hold the time of day, beside one that holds the date."""
_PEOPLE: ColumnWords = {
    "person": "id personid userid memberid employeeid participantid respondentid upn userprincipalname username login account key persoonid"
    " gebruikersid lidnummer personeelsnummer medewerkernummer medewerkerid personalnummer mitarbeiternummer mitarbeiterid benutzerid"
    " personalnr personeelsnr personnr mitarbeiternr medewerkernr lidnr mitgliedsnummer mitgliedsnr idcode nr"
    " identifiant matricule numero identificador idempleado idusuario node person persoon personne persona mitglied lid",
    "email": "email emailaddress mail mailaddress emailadres eemail workemail emailadresse courriel adressemail adresseemail correo"
    " correoelectronico primaryemail",
    "name": "name fullname displayname realname membername employeename naam volledigenaam weergavenaam vollstandigername anzeigename nom"
    " nomcomplet nombre nombrecompleto member employee participant medewerker mitarbeiter deelnemer teilnehmer label",
    "first": "firstname givenname forename voornaam roepnaam vorname prenom nombredepila",
    "last": "lastname surname familyname achternaam nachname familienname nomdefamille apellido apellidos",
    "infix": "infix tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels voorvoegselachternaam namenszusatz vorsatzwort particule",
    "handle": "handle nickname username nick alias screenname schermnaam gebruikersnaam benutzername nomutilisateur usuario",
    "unit": "unit department dept organizationdepartment team division businessunit orgunit organisationalunit afdeling eenheid bedrijfsonderdeel abteilung bereich"
    " einheit departement service equipe unite departamento equipo unidad area",
    "role": "jobtitle role title position employeetitle organizationtitle function job rol functie functietitel beroep rolle funktion stelle beruf fonction poste titre"
    " cargo puesto funcion rolename roles",
    "place": "place location office site city country region plaats locatie vestiging kantoor stad land standort ort buro stadt"
    " lieu site ville pays bureau lugar ubicacion ciudad pais oficina",
    "organisation": "organisation organization organizationname company employer bedrijf organisatie werkgever firma unternehmen arbeitgeber entreprise societe"
    " empresa organizacion compania",
    "expertise": "expertise skills skill knowledge competences competencies interests topics vaardigheden kennis expertises competenties"
    " kompetenzen fahigkeiten kenntnisse competences habilidades conocimientos competencias",
    "groups": "groups group communities community channels channel memberships teams werkgroep werkgroepen commissie commissies groepen groep gemeenschappen kanalen gruppen gruppe kanale"
    " groupes groupe communautes grupos grupo comunidades club committee project modularityclass partition cluster",
    "audience": "audience targetaudience targetgroup doelgroep doelgroepen zielgruppe zielgruppen publiccible publicobjetivo audiencia",
    "joined": "joined accountcreated joinedserver joinedgroupon optintime joindate joinedat startdate start hiredate hired membersince since datejoined startdatum indienst datumindienst sinds lidsinds indienstsinds indiensttreding datumindiensttreding"
    " dienstverbandvanaf begindatum ingangsdatum"
    " eintritt eintrittsdatum eintrittam beitritt beitrittsdatum dabeiseit beschaftigtseit beginn seit datedarrivee dateentree"
    " datedentree depuis desde datedembauche einstellungsdatum fechadeingreso fechaingreso fechadeinicio fechainicio fechadealta fechaalta fechadeincorporacion",
    "left": "left leftat leavedate enddate end terminationdate einddatum deactivateddate uitdienst datumuitdienst uitdienstsinds uitdiensttreding datumuitdiensttreding einddatumdienstverband austritt austrittsdatum enddatum datedepart"
    " datesortie datededepart datedesortie fechadebaja fechabaja fechadefin fechafin",
    "active": "active isactive enabled status actief aktiv actif activo estado",
    "bot": "bot isbot robot",
    "moderator": "moderator ismoderator admin isadmin communitymanager beheerder moderateur moderador",
    "leader": "leader isleader ismanager leadership leidinggevende leider fuhrungskraft dirigeant responsable lider jefe",
    "guest": "guest isguest external isexternal gast extern externe invite invitado externo",
    "zone": "timezone tz tijdzone zeitzone fuseauhoraire zonahoraria",
    "manager": "manager managerid manageremail reportsto supervisor managername leidinggevendeid rapporteertaan vorgesetzter vorgesetzte"
    " superieur superior",
}
_TIES: ColumnWords = {
    "source": "source from ego fromid sourceid sender sendername numid1 node1 id1 person1 primarycollaboratorpersonid rater respondent"
    " mergeparticipantid participantid bron van nominator quelle von de origen desde origine fromperson sourceperson",
    "target": "target to alter toid targetid recipient receiver recver recvername numid2 node2 id2 person2 secondarycollaboratorpersonid ratee"
    " targetmergeparticipantid targetmergeparticpantid nominee doel naar aan ziel an nach a destino hacia destination toperson targetperson",
    "person": "person personid memberid userid member employee participant persoon lid mitglied personne membre persona miembro node",
    "group": "group groupid groupname werkgroep commissie arbeitsgruppe ausschuss club committee project channel event affiliation groep gruppe groupe grupo",
    "weight": "weight value count strength score rating frequency ntimes strongtiescore gewicht waarde aantal sterkte wert anzahl starke"
    " poids valeur nombre peso valor cantidad frequentie haufigkeit howoften hoevaak wieoft",
    "direction": "direction directed directionality isdirected gericht richting gerichtet dirige dirigido",
    "relation": "relation type relationship network layer question kind relatie soort beziehung art lien relacion tipo netwerk",
    "time": "timestamp datetime at when wave metricdate tijdstip zeitpunkt moment date datum fecha data day dag tag jour dia time tijd zeit heure hora",
    "clock": CLOCK,
}
_LOG: ColumnWords = {
    "actor": "actor who wie author createdby postedby gemaaktdoor aangemaaktdoor geplaatstdoor creepar creadopor user sender from source by userid authorid senderid userprincipalname username person member creator initiator"
    " poster afzender auteur gebruiker van absender autor autorin verfasser verfasserin ersteller erstelltvon benutzer von auteure utilisateur expediteur expeditrice emetteur de"
    " remitente emisor usuario authorname sendername",
    "actor_name": "authorname sendername username userfullname fullname displayname naamauteur name naam anzeigename nomcomplet nombrecompleto",
    "target": "target targets withwhom metwie mitwem to recipient recipients receiver mentions mentioned addressee addressees ontvanger ontvangers aan vermeldingen"
    " empfanger an erwahnungen destinataire destinataires mentionnes destinatario destinatarios menciones",
    "type": "type event action kind eventtype activity interaction interactiontype actiontype soort gebeurtenis actie interactie art ereignis"
    " aktion evenement activite tipo evento accion actividad",
    "time": "timestamp datetime at when wanneer wann createdat created sentat posted postedat tijdstip zeitpunkt zeitstempel horodatage erstelltam aangemaaktop geplaatstop creele publiele datumtijd datumentijd datumuhrzeit"
    " dateheure fechahora date datum fecha data day dag tag jour dia time tijd zeit heure hora",
    "clock": CLOCK,
    "group": "group channel room community forum list space groupname channelname groep kanaal ruimte lijst gruppe kanal raum bereich groupe canal salon espace espacio"
    " grupo sala",
    "id": "id beitragsid messageid postid eventid msgid key berichtid nachrichtid nachrichtenid idmessage idmensaje",
    "parent": "parent parentid inreplyto replyto replytoid parentmessageid threadid thread postref antwoordop antwortauf enreponsea"
    " enrespuestaa antwortaufid reponsea respuestaa",
    "text": "text message body content beitrag bericht tekst inhoud nachricht inhalt texte contenu texto mensaje contenido",
    "title": "title subject onderwerp titel betreff sujet objet asunto titre titulo",
    "reaction": "reaction emoji reactie reaktion emoticone reaccion",
    "tags": "tags tag topics labels hashtags etiketten onderwerpen themas schlagworte etiquettes etiquetas",
    "views": "views viewcount pageviews weergaven aantalweergaven aufrufe vues visitas",
}
FILLED: ColumnWords = {
    "key": "cmdeskkey cmdesksleutel",
    "group": "group groep",
    "status": "status",
    "since": "statussince statussinds",
    "owner": "owner eigenaar",
    "purpose": "purpose bedoeling doel",
    "confirmed": "confirmedon confirmed bevestigdop bevestigd",
    "review": "nextreview volgendecontrole",
    "reviewed": "profilereviewedon profielbekekenop",
    "member": "member lid",
    "unit": "unit eenheid afdeling department",
    "role": "role rol functie",
    "place": "place plaats locatie",
    "expertise": "expertise",
    "groups": "groups groepen",
    "before": "asexportedleaveasitis zoalsgeexporteerdlaatditstaan",
    "check_owner": "anamedownerwasactiveinthelast30days owneractive eenmetnaamgenoemdeeigenaarwasdelaatste30dagenactief eigenaaractief",
    "check_purpose": "thepurposeisstated purposestated debedoelingstaatvermeld hetdoelstaatvast",
    "check_posting": "whomaypostwhatisstated posting hetisduidelijkwiewatmagplaatsen",
    "check_roles": "oneseestherolesofthosewhowrite roles jezietderolvanwieschrijft rollen",
    "check_rule": "theruleformoderationordecisionsisknown rule deregelvoormoderatieofbeslissingenisbekend regel",
    "asked": "askedon gevraagdop",
    "know": "iknowwhomtoask15 iknowwhomtoask know ikweetwieikkanvragen15 ikweetwieikkanvragen",
    "trust": "itrusttheotherscompetencehere15 itrusttheotherscompetencehere trust ikvertrouwopdedeskundigheidvandeanderenhier15"
    " ikvertrouwopdedeskundigheidvandeanderenhier",
    "safe": "itissafetoaskhere15 itissafetoaskhere safe jekunthierveiligietsvragen15 jekunthierveiligietsvragen",
    "got": "igotwhatineeded15 igotwhatineeded got ikkreegwatiknodighad15 ikkreegwatiknodighad",
}
"""Columns of the lists that cmdesk exports, in its languages."""


def _with(words: ColumnWords, more: ColumnWords) -> ColumnWords:
    return {role: " ".join([said, *map(plain, more.get(role, "").split())]) for role, said in words.items()}


KINDS: dict[str, ColumnWords] = {
    "people": _with(_PEOPLE, words_more.PEOPLE), "ties": _with(_TIES, words_more.TIES), "log": _with(_LOG, words_more.LOG), "filled": FILLED,
}  # fmt: skip

STATUS_WORDS = {
    form: status
    for status, forms in {
        "open": "open", "taken_up": "takenup opgepakt", "tried": "tried geprobeerd", "adopted": "adopted aangenomen",
        "declined": "declined afgewezen", "answered": "answered beantwoord",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Words for what became of an idea or question → the status."""

TYPES = {
    form: kind
    for kind, forms in {
        "message": "message post posted question topic thread bericht vraag nachricht beitrag frage publication question mensaje"
        " publicacion pregunta sent email mail chat gesprek gesprach call phone phonecall telefoon telefoongesprek telefonat anruf appel llamada announcement create aankondiging mededeling ankundigung annonce anuncio idea idee",
        "reply": "reply replied answer comment commented response antwoord reactiebericht antwort kommentar reponse commentaire respuesta"
        " comentario",
        "mention": "mention mentioned vermelding erwahnung mencion tag tagged",
        "reaction": "reaction reacted like liked emoji upvote vote kudos reactie vindikleuk reaktion gefalltmir jaime megusta reaccion",
        "accepted": "accepted accept solution solved acceptedanswer bestanswer geaccepteerd oplossing akzeptiert losung accepte solucion aceptada",
        "share": "share shared repost forward forwarded retweet gedeeld delen geteilt weitergeleitet partage compartido",
        "view": "view viewed read seen open opened gezien gelezen bekeken gesehen gelesen vu lu visto leido",
        "attendance": "attendance attended attend attendee rsvp meeting vergadering overleg besprechung reunion present aanwezig deelname teilnahme anwesend participation presence"
        " asistencia",
        "page": "page article document wiki pagina artikel seite dokument articulo documento",
    }.items()
    for form in forms.split()
}
"""Words for a row's type in a log → the kind of fact."""

MARKS = {
    form: mark
    for mark, forms in {
        "question": "question vraag frage pregunta", "announcement": "announcement aankondiging mededeling ankundigung annonce anuncio",
        "idea": "idea idee",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Those of them that say more of a message → what it is."""

OF_A_PLATFORM = frozenset({"apiurl", "gdprdeleteurl", "deletedbytype", "suspendedbytype", "createdbytype", "repliedtoid", "postsreadcount", "postcount", "topicsentered", "postactiontypeid", "answerpostid", "replytopostnumber", "jointime", "timejoined", "firstjoin", "useraction", "attendeestatus", "haveyouattended", "nameoriginalname", "checkedinat", "ersterbeitritt", "eerstedeelname", "premiereparticipation", "primeraentrada"})
"""Columns that only a platform's own export has: a reader of it knows more than a table says."""

TOGETHER = frozenset({"authorid", "author", "date", "content", "attachments", "reactions"})
"""Columns that only a platform's own export has all of."""

_YES = "yes y true t 1 x on active enabled ja j waar actief aktiv wahr oui o vrai actif si s verdadero activo"
_NO = (
    "no n false f 0 off inactive disabled left deleted former nee onwaar inactief nein falsch inaktiv non faux inactif falso inactivo"
    " vertrokken ausgeschieden parti baja"
)
STANDINGS = {
    form: role
    for role, forms in {
        "bot": "bot", "deleted": "deactivated suspended removed banned gedeactiveerd deaktiviert desactive desactivado",
        "moderator": "admin owner primaryowner workspaceadmin workspaceowner workspaceprimaryowner moderator", "guest": "guest singlechannelguest multichannelguest gast invited",
    }.items()
    for form in forms.split()
}
"""Words in a column of status that say more than active or not."""

_SUBTOTALS = "subtotaal subtotal subtotals tussentotaal zwischensumme soustotal subtotale podsuma 小計"
SUBTOTALS = frozenset(_SUBTOTALS.split())
"""Those of one in the middle of a table; nobody is called so."""

_COUNTED = (
    "leden lid members member personen people persons medewerkers employees deelnemers participants attendees rows records rijen mitglieder mitarbeiter teilnehmer"
    " zeilen membres participantes miembros empleados personas filas lignes personnes osoby osob members kontakte contacts contacten ties edges"
)
COUNTED = frozenset(_COUNTED.split())
"""What a line such as "3 leden" counts."""

_NOTES = "bron source quelle fuente note noot notes notitie anmerkung hinweis opmerking nota legenda legende toelichting stand peildatum"
NOTES = frozenset(_NOTES.split())
"""What stands before the colon of a line below a table."""

YES, NO = frozenset(_YES.split()), frozenset(_NO.split())
