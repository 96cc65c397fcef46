"""Short invented phrases and names. Nothing in here was said by anyone."""

from __future__ import annotations

FIRST = (
    "Ada", "Bram", "Cleo", "Daan", "Elif", "Femke", "Goran", "Hanna", "Imran", "Joost", "Kaya", "Lotte", "Milan", "Nadia", "Omar", "Petra",
    "Quint", "Rosa", "Sem", "Tessa", "Umut", "Vera", "Wout", "Xenia", "Yara", "Zeno", "Anouk", "Bilal", "Carlijn", "Dewi", "Emre", "Fleur",
)  # fmt: skip
LAST = (
    "Appelboom", "Bergkamp", "Claver", "Dorenbos", "Elzinga", "Fokkens", "Grasveld", "Hazelaar", "IJsvogel", "Jonkerman", "Kersenhout",
    "Lindeboom", "Merelveld", "Notenberg", "Olmenstein", "Populier", "Quispel", "Rietveen", "Sleedoorn", "Tulpenaar", "Uilenburg",
    "Vlierhof", "Wilgenaar", "Zandoever", "Beukhorst", "Duinkerke", "Esveld", "Heidema", "Korenaar", "Lisdodde", "Meidoorn",
)  # fmt: skip
DEPARTMENTS = (
    "Ground Services", "Flight Planning", "Maintenance", "Cargo", "Customer Care", "Finance", "People", "Digital", "Safety", "Sales",
    "Catering", "Network", "Training", "Legal", "Purchasing", "Facilities",
)  # fmt: skip
TITLES = ("Planner", "Engineer", "Coordinator", "Analyst", "Specialist", "Advisor", "Developer", "Team lead", "Buyer", "Trainer")
TOPICS = (
    "the night shift", "the loading plan", "the spare parts list", "the new form", "the winter schedule", "the training room",
    "the fuel report", "the gate change", "the shared calendar", "the delay codes", "the test bench", "the welcome pack", "the price table",
    "the audit questions", "the handover note", "the supplier portal", "the tool room", "the weather briefing",
)  # fmt: skip
QUESTIONS = (
    "Does anyone know how {} works now?", "Who can help me with {}?", "Where do I find the latest version of {}?",
    "What do you do when {} does not add up?", "Could somebody look at {} with me this week?", "Why was {} changed?",
)  # fmt: skip
IDEAS = (
    "#idea what if we turned {} around and started at the other end", "#idea let two teams share {}",
    "#idea try {} in one place for a month before we roll it out", "#idea a small tool that checks {} for us",
)  # fmt: skip
REMARKS = (
    "We finished {} today.", "Small update about {}: it is nearly ready.", "I wrote down what we learned from {}.",
    "Good talk this morning about {}.", "Heads up, {} moves to next week.", "Here are my notes on {}.",
)  # fmt: skip
REPLIES = (
    "I did this last month, it took two steps for {}.", "Look at the second page of {}.", "Yes, and check {} as well.",
    "I can show you {} tomorrow.", "We had the same with {}.", "That worked for us, apart from {}.", "Let us do {} together.",
    "Nice. I would add {} to it.",
)  # fmt: skip
DETAILS = (
    "It is in the usual folder and the link has not changed.", "I will put the numbers beside it on Thursday.",
    "Please tell me when something is missing.", "The older version can go.", "It took less time than we thought.",
    "Two of us tried it and it holds.", "Not urgent, but before the end of the month would be good.", "I have an hour free after lunch.",
)  # fmt: skip
NEWS = ("<!channel> News: {} is decided.", "<!channel> From Monday {} is different.", "<!channel> Thank you all for {}.")
ALERTS = ("Build of {} passed.", "Reminder: {}.", "Daily summary of {} is ready.")
EMOJI = ("thumbsup", "heart", "tada", "eyes", "pray", "clap", "bulb", "white_check_mark")
DISCIPLINES = ("Hydraulics", "Electrics", "Planning", "Safety", "Data", "Logistics", "Law", "Design")
TAGS = ("travel", "tools", "contracts", "safety", "planning", "leave", "suppliers", "training", "reports", "privacy", "parts", "schedules")
NAMES = {
    "en": (
        ("Alice", "Ben", "Chloe", "Daniel", "Emma", "Finn", "Grace", "Harry", "Isla", "Jack", "Kate", "Liam", "Maya", "Noah", "Olivia", "Priya",
         "Ravi", "Sophie", "Tom", "Zoe", "Amara", "Kofi", "Mei", "Omar"),
        ("Ashdown", "Birchwood", "Clearwater", "Dunmore", "Elderfield", "Fairbank", "Greenhill", "Hartwell", "Ivybridge", "Kingsley", "Larkspur",
         "Moorland", "Northcote", "Oakes", "Penrose", "Redfern", "Silverton", "Thornbury", "Underhill", "Whitlock"),
    ),
    "nl": (FIRST, LAST),
}  # fmt: skip
"""Given and family names by language."""
