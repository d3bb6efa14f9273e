"""The award letter that comes with Hustings, until the office writes its own. Pure."""

SUBJECT = "Your election support grant: {{reference}}"

BODY = """\
# Election support grant {{reference}}

{{today}}

Dear {{candidate}},

We are glad to tell you that the union supports your candidature as {{post}} for {{place}} at the \
poll on {{poll_date}} with a grant of {{amount}} out of {{fund}}. The award was made on \
{{award_date}}; {{asked_for}} had been asked for.

# What the money is in law

The grant is: {{legal_class}}. It goes to {{recipient}}. It is paid out of the political fund \
under section 72(1) of the Trade Union and Labour Relations (Consolidation) Act 1992, category \
{{s72_category}}.

The union is a permissible donor while it is listed: {{donor_listing}}. More than £50 toward your \
spending is a donation and belongs in your agent's return. Please show this letter to your agent.

# Conditions

{{conditions}}

# Days that count

{{law_dates}}

# What we need from you

Please send us your spending report with the receipts by {{report_by}}. What is not spent on the \
election comes back to the fund. If you are elected, register the union's support in the register \
of interests within 28 days of taking office.

With good wishes,

{{officer}}
for the political office
"""
