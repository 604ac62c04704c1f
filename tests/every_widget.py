"""One of every widget, as a lesson makes it: what stands in the cells of a notebook."""

SET_UP = """\
from course import hand_in, load_case, more_than, start_lesson
from course.widgets import *
lesson = start_lesson("01-one-claim", "bakhmut-2023", "anyone")
case = load_case("bakhmut-2023")
answer = hand_in("1.3", source="John Kirby", cue=None)"""
PANELS = {
    "feedback": 'feedback("1.3", answer, ["Find the verb.", "Who does that verb?"])',
    "chain": 'chain_builder({"KXL": "outlet", "AP": "agency", "White House briefing": ""}, "2.4")',
    "verbs": 'verb_swapper(lesson.table("to_take_apart").text["a"], "3.1")',
    "hedge": 'hedge_slider(20_000, "4.1", unit="people")',
    "bounds": 'bound_calculator(more_than(100_000), "-", more_than(20_000), "5.1")',
    "matrix": 'filter_matrix(case.claims.head(12), "6.1", definitions=case.definitions)',
    "hide": 'show_and_hide(lesson.report, "7.1")',
    "twister": 'axis_twister({"Autumn": 4100, "Winter": 4600}, "8.1", label="Reports", title="Seasons", source="invented")',
    "adjudicator": 'adjudicator({"Ana": {"claimed": "distancing"}, "Ben": {"claimed": "neutral"}}, "9.1")',
    "form": 'claim_form(lesson.report, "10.1")',
    "sheet": 'claim_sheet(lesson.report, "10.3", claims=3)',
    "explorer": 'claim_explorer(case, "10.2")',
}
MARKER = 'marker(lesson.report, "1.3", ("source", "cue", "content", "quantity"))'
