"""Where reports come from: the cases in data/, and the learner's own article."""
