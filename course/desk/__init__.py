"""The instructor's desk: who is in the class, what comes in, what goes out; thin over nbgrader where nbgrader has it."""
