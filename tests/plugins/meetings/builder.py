"""Lists of who took part as their platforms write them, and read with the ledger checked. All people are invented."""

from __future__ import annotations

from cmdesk.core.records import Attendance, Person
from cmdesk.plugins.meetings import plugin
from tests.plugins.stating import Stated

TEAMS = (
    "1. Summary\r\nMeeting title\tWeekly stand-up\r\nAttended participants\t3\r\nStart time\t3/14/24, 10:00:12 AM\r\nEnd time\t3/14/24, 10:31:40 AM\r\n"
    "Meeting duration\t31m 28s\r\n\r\n2. Participants\r\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\r\n"
    "Ann Bakker\t3/14/24, 10:00:12 AM\t3/14/24, 10:31:40 AM\t31m 28s\tAnn@x.nl\tann@x.nl\tOrganizer\r\n"
    "Bob Cohen\t3/14/24, 10:01:00 AM\t3/14/24, 10:31:40 AM\t30m 40s\t\tbob@x.nl\tPresenter\r\nCem (Guest)\t3/14/24, 10:05:00 AM\t3/14/24, 10:31:40 AM\t26m 40s\t\t\tAttendee\r\n"
    "\r\n3. In-Meeting Activities\r\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\r\nAnn Bakker\t3/14/24, 10:00:12 AM\t3/14/24, 10:31:40 AM\t31m 28s\tann@x.nl\tOrganizer\r\n"
)
TEAMS_OLD = "Full Name\tUser Action\tTimestamp\r\nAnn Bakker\tJoined\t14-3-2024 10:00:12\r\nBob Cohen\tJoined\t14-3-2024 10:01:00\r\nBob Cohen\tLeft\t14-3-2024 10:10:00\r\n"
TEAMS_GERMAN = (
    "1. Zusammenfassung\r\nBesprechungstitel\tRunde\r\nStartzeit\t14.03.24, 10:00:12\r\n\r\n2. Teilnehmer\r\nName\tErster Beitritt\tLetztes Verlassen\tDauer der Besprechung\tE-Mail\tTeilnehmer-ID (UPN)\tRolle\r\n"
    "Änne Groß\t14.03.24, 10:00:12\t14.03.24, 10:31:40\t31 Min. 28 Sek.\taenne@beispiel.de\taenne@beispiel.de\tOrganisator\r\n"
)
ZOOM = (
    "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n123 4567 8901,Weekly,03/14/2024 10:00:00 AM,03/14/2024 10:31:00 AM,ann@x.nl,31,2\n\n"
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent\nAnn (Ann Bakker),ann@x.nl,03/14/2024 10:00:00 AM,03/14/2024 10:31:00 AM,31,No,\n"
    "Bob,bob@x.nl,03/14/2024 10:12:00 AM,03/14/2024 10:31:00 AM,19,Yes,\nBob,bob@x.nl,03/14/2024 10:01:00 AM,03/14/2024 10:10:00 AM,9,Yes,\n"
)
MEET = "First name,Last name,Email,Duration,Time joined,Time exited\nAnn,Bakker,ann@x.nl,31 min,10:00 AM,10:31 AM\nBob,Cohen,bob@x.nl,30 min,10:01 AM,10:31 AM\n"
EVENTBRITE = (
    "Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order Type,Currency,Total Paid,Attendee Status,Event Name\n"
    "1,2024-03-01 10:00:00,Ann,Bakker,ann@x.nl,1,,General,11,,Free Order,EUR,0,Checked In,Spring meeting\n2,2024-03-02 10:00:00,Bob,Cohen,bob@x.nl,1,,General,12,,Free Order,EUR,0,Attending,Spring meeting\n"
    "3,2024-03-03 10:00:00,Cem,Demir,cem@x.nl,1,,General,13,,Free Order,EUR,0,Deleted,Spring meeting\n4,2024-03-03 10:00:00,Dee,Smit,dee@x.nl,1,,General,14,,Free Order,EUR,0,Not Attending,Spring meeting\n"
)
MEETUP = (
    "Name\tUser ID\tTitle\tEvent Host\tRSVP\tGuests\tRSVPed on\tJoined Group on\tURL of Member Profile\tHave you attended?\n"
    "Ann\tuser 111\tOrganizer\tYes\tYes\t0\tMarch 1, 2024 5:00 PM\tJanuary 5, 2020\thttps://www.meetup.com/members/111/\tYes\n"
    "Bob\tuser 222\t\tNo\tYes\t1\tMarch 2, 2024 5:00 PM\tMay 5, 2021\thttps://www.meetup.com/members/222/\tNo\n"
)
LUMA = (
    "api_id,name,first_name,last_name,email,phone_number,created_at,approval_status,checked_in_at,custom_source,qr_code_url,ticket_name\n"
    "gst-1,Ann Bakker,Ann,Bakker,ann@x.nl,,2024-03-01T10:00:00.000Z,approved,2024-03-14T18:00:00.000Z,,https://x,Standard\n"
    "gst-2,Bob Cohen,Bob,Cohen,bob@x.nl,,2024-03-02T10:00:00.000Z,approved,,,https://x,Standard\ngst-3,Cem,Cem,,cem@x.nl,,2024-03-02T10:00:00.000Z,declined,,,https://x,Standard\n"
)


class Read(Stated):
    """What the importer states about a source."""

    (importer,) = plugin.cmdesk_importers()

    @property
    def people(self) -> dict[str, str]:
        return {person.key: person.name for person in self.all(Person)}

    @property
    def came(self) -> set[tuple[str, str]]:
        """(person, event)."""
        return {(one.person, one.event) for one in self.all(Attendance)}
