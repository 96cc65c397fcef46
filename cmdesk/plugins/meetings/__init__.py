"""Lists of who took part: reports of Teams, Zoom and Google Meet, attendees of Eventbrite, Meetup and Luma."""
