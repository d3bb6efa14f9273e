"""Letters and statements to hand over: the same words as .docx and as PDF."""
