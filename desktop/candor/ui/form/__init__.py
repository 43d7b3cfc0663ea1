"""The parts of the form page: sections, one question, the explanation beside it."""
