"""The form a new round starts with, to be changed as the round needs it."""

from models.rounds.forms import Condition, Form, Question, Section

STANDARD = Form(
    (
        Section(
            "s1",
            "The campaign",
            "What the region knows about the seat.",
            "region",
            (
                Question("q1", "How was the seat won last time?", "choice", choices=(
                    "Held by us", "Lost by less than 5%", "Lost by more", "New seat"
                )),
                Question("q2", "What will the money change?", "long",
                         "Say what would not happen without it."),
                Question("q3", "Does anybody else pay towards it?", "yes-no"),
                Question("q4", "Who, and how much?", "text", show_if=Condition("q3", "Yes")),
                Question("q5", "A quote for the largest cost", "file", required=False),
            ),
        ),
        Section(
            "s2",
            "About you",
            "Filled in by the candidate. Only the union's political office reads it.",
            "candidate",
            (
                Question("q6", "Why are you standing?", "long"),
                Question("q7", "When were you selected?", "date", days="past"),
                Question("q8", "How many volunteers can you count on?", "number", required=False),
                Question("q9", "Is your election agent appointed?", "yes-no"),
                Question("q10", "The agent's name and e-mail", "text",
                         show_if=Condition("q9", "Yes")),
            ),
        ),
    )
)  # fmt: skip
