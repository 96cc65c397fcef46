"""What the columns of a survey are called in English, Dutch, German, French and Spanish, in plain form: without case, accents, blanks and signs."""

from __future__ import annotations

import unicodedata


def plain(word: str) -> str:
    """`word` without case, accents, blanks and signs: "E-mail adres" → "emailadres"."""
    parts = unicodedata.normalize("NFKD", word).casefold()
    return "".join(sign for sign in parts if sign.isalnum())


ROLES = {
    "name": "yourname whatisyourname whoareyou respondentname fullname yourfullname jenaam jouwnaam uwnaam watisjenaam watisuwnaam watisjouwnaam wiebenje"
    " wiebentu volledigenaam ihrname deinname wieheissensie wieheisstdu vorundnachname votrenom nomcomplet commentvousappelezvous quelestvotrenom nometprenom sunombre tunombre nombrecompleto"
    " comotellamas cualestunombre nombreyapellidos name naam nom nombre respondent participant deelnemer employee medewerker ego rater nominator person persoon label",
    "first": "recipientfirstname firstname voornaam first",
    "last": "recipientlastname lastname surname achternaam last",
    "email": "recipientemail youremail youremailaddress jeemailadres emailaddress email emailadres emailadresse ihreemailadresse adressemail adresseemail courriel correo correoelectronico direcciondecorreoelectronico username gebruikersnaam benutzername"
    " nomdutilisateur nombredeusuario mail",
    "id": "externalreference externaldatareference customdata employeeid personid memberid participantid personeelsnummer medewerkernummer respondentid"
    " responseid token nr id node",
    "unit": "department whatisyourdepartment unit team afdeling abteilung service departement departamento watisjeafdeling opwelkeafdelingwerkje eenheid division",
    "role": "role jobtitle title position functie rol watisjefunctie",
    "place": "location office place locatie kantoor plaats",
    "time": "timestamp tijdstempel zeitstempel horodateur marcatemporal fertigstellungszeit heuredefin horadefinalizacion completiontime voltooiingstijd tijdvanvoltooien enddate einddatum dateended submitdate recordeddate datesubmitted"
    " verzenddatum datemodified datecreated date datum time starttime startdate begintijd",
    "source": "respondent respondentid respondentname rater raterid nominator ego egoid beoordelaar numid1 node1 id1 person1 from fromid source sourceid sender"
    " van bron wie name naam participant participantid email befragte befragter befragteperson repondant repondante encuestado encuestada von de",
    "target": "colleague collega ratee rateeid nominee alter alterid beoordeelde overwie aboutwhom about numid2 node2 id2 person2 to toid target targetid"
    " receiver recver naar doel contact kollege kollegin kollegein uberwen collegue surqui companero sobrequien colega an nach a",
    "relation": "relation relationship question network relatie vraag netwerk soortrelatie tietype type layer kind item soort frage beziehung art pregunta relacion tipo lien",
    "value": "score value rating answer response weight strength level frequency howoften howmuch antwoord waarde gewicht sterkte cijfer frequentie hoevaak hoeveel wieoft wiehaufig haufigkeit wert punkte bewertung gewichtung"
    " frequence combien note valeur reponse poids puntuacion valor respuesta frecuencia peso",
    "wave": "wave round meting ronde golf meetmoment",
    "status": "status distributionchannel responsetype",
}
"""Role → heads of its column, the first that a table has wins."""

ASKING = frozenset(
    ["respondent", "respondentid", "respondentname", "rater", "raterid", "nominator", "beoordelaar", "colleague", "collega", "ratee", "rateeid", "nominee", "beoordeelde", "overwie", "aboutwhom",
    "befragte", "befragter", "befragteperson", "kollege", "kollegin", "kollegein", "uberwen", "repondant", "repondante", "collegue", "surqui", "encuestado", "encuestada", "companero", "colega", "sobrequien"]
)
"""Heads of lists that only a survey has."""
EGO = frozenset(["ego", "egoid", "alter", "alterid", "numid1", "numid2", "node1", "node2", "id1", "id2", "person1", "person2"])
"""Heads of lists as those who study networks write them down from a survey."""
ANSWERED = frozenset(["score", "rating", "answer", "response", "antwoord", "cijfer", "bewertung", "punkte", "reponse", "note", "respuesta", "puntuacion"])
"""Heads of what somebody answered; "weight" and "how often" may be counted by anybody."""
NAMES = frozenset(
    ["name", "naam", "colleague", "collega", "contact", "contactpersoon", "person", "persoon", "nominee", "alter", "nameofcolleague", "naamvancollega", "naamcollega", "colleaguename"]
)
"""Stems of counted columns that hold names: "Name 1"."""
_TOTALS = (
    "total totals totaal totalen eindtotaal grandtotal gesamt gesamtsumme insgesamt summe totaux somme totale totalt summa suma razem ogółem łacznie toplam"
    " yhteensa ialt итого всего 合計 総計 计 总计 总数 المجموع الاجمالي الإجمالي"
)
TOTALS = frozenset(map(plain, _TOTALS.split()))
"""Heads of a row or column of sums, which is nobody."""
LISTED = frozenset(["colleagues", "collegas", "contacts", "contacten", "nominees", "network", "netwerk"])
"""Heads of columns with lists of names that tell no relation."""


def is_total(cell: str) -> bool:
    """True for the head of a row or column of sums."""
    return plain(cell) in TOTALS
