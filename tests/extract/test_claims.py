"""Claims as a learner meets them, on sentences of our own; everybody in them is fictional."""

from __future__ import annotations

import datetime as dt

import pytest

from course.claim import Claim
from course.corpus.report import Report
from course.extract import attributions_in, claims_in, quantities_in, stance_of, to_frame
from course.extract.frame import COLUMNS
from course.quantity import Quantity, about, at_least, between, exactly, fewer_than, more_than, up_to

REPORT = """Norland estimated on Monday (June 3) that Sudmark's army has suffered 100,000 casualties since January last year. \
According to the Norland estimate, more than 20,000 Sudmark soldiers have died and another 80,000 were injured near Velm.

Aron Hale, who is the council's security spokesman, said that the total also includes over 20,000 killed in action.

Hale told reporters: "We estimate that Sudmark has suffered more than 100,000 casualties, including over 20,000 killed in action."

The official said, "The attack has failed. Nobody has gained anything."

A senior Velm general claimed on Monday that they have ousted the attackers from some streets amid "fierce" fighting. \
Gen. Orin Tay, the Velm commander of ground forces, said in a statement on the Signalpost app: "The situation (in the port) is difficult."

The South is also claiming that the siege is failing as Pavel Drun, who is the head of the Falcon company, said on Monday that his \
men needed some 300 tonnes of shells a day, but were receiving only a third of that amount.

"Three hundred tonnes a day is 10 lorries - not a lot at all," said Drun.

READ ALSO | Velm air defences shoot down 15 of 18 missiles

Disclaimer: Many claims are being made about the siege. The Gazette cannot independently verify all of them.
"""


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    return claims_in(REPORT)


def the(claims: list[Claim], words: str) -> Claim:
    found = [claim for claim in claims if words in claim.text]
    assert len(found) == 1, [claim.text for claim in claims]
    return found[0]


def counts(claim: Claim) -> list[tuple[Quantity, str]]:
    return [(mention.quantity, mention.measure) for mention in claim.mentions]


@pytest.mark.parametrize(
    ("words", "claimant", "cue", "form", "numbers"),
    [
        ("has suffered 100,000", "Norland", "estimated", "indirect", [(exactly(100_000), "casualties")]),
        ("another 80,000", "Norland", "According to", "indirect", [(more_than(20_000), "killed"), (exactly(80_000), "wounded")]),
        ("total also includes", "Aron Hale", "said", "indirect", [(more_than(20_000), "killed")]),
        ("We estimate", "Aron Hale", "told", "direct", [(more_than(100_000), "casualties"), (more_than(20_000), "killed")]),
        ("The attack has failed", "Aron Hale", "said", "direct", []),
        ("ousted", "Orin Tay", "claimed", "mixed", []),
        ("The situation", "Orin Tay", "said", "direct", []),
        ("siege is failing", "The South", "is also claiming", "indirect", []),
        ("his men needed", "Pavel Drun", "said", "indirect", [(about(300), "needed"), (exactly(1 / 3), "received")]),
        ("not a lot at all", "Pavel Drun", "said", "direct", [(exactly(300), ""), (exactly(10), "")]),
    ],
)  # fmt: skip
def test_who_claims_what(
    claims: list[Claim], words: str, claimant: str, cue: str, form: str, numbers: list[tuple[Quantity, str]]
) -> None:
    claim = the(claims, words)
    assert claim.claimant == claimant
    assert claim.cue == cue
    assert claim.attribution is not None
    assert claim.attribution.form == form
    assert counts(claim) == numbers


def test_a_number_without_a_speaker_is_the_reports_own(claims: list[Claim]) -> None:
    claim = the(claims, "15 of 18")
    assert claim.attribution is None
    assert claim.claimant == "the report itself"
    assert counts(claim) == [(Quantity(15, 15, whole=18), "intercepted")]


def test_the_disclaimer_is_told_apart(claims: list[Claim]) -> None:
    warnings = [claim for claim in claims if claim.kind == "disclaimer"]
    assert len(warnings) == 1
    assert "cannot independently verify" in warnings[0].text
    assert warnings[0].claimant in ("The Gazette", "the report itself")


def test_the_outlet_is_the_claimant_where_it_is_known() -> None:
    report = Report("r", REPORT, outlet="The Gazette", date=dt.date(2030, 6, 4))
    claims = claims_in(report)
    assert the(claims, "15 of 18").claimant == "The Gazette"
    assert next(claim for claim in claims if claim.kind == "disclaimer").claimant == "The Gazette"


def test_whose_losses_they_are(claims: list[Claim]) -> None:
    assert the(claims, "has suffered 100,000").mentions[0].of == "Sudmark's army"
    assert the(claims, "another 80,000").mentions[0].of == "Sudmark soldiers"
    assert the(claims, "his men needed").mentions[0].unit == "tonnes per day"


def test_every_claim_explains_itself_in_its_own_words(claims: list[Claim]) -> None:
    for claim in claims:
        assert claim.explanation.endswith(".")
        if claim.cue:
            assert f"“{claim.cue}”" in claim.explanation
    assert "Aron Hale" in the(claims, "The attack has failed").explanation


def test_the_table_has_its_documented_columns_and_a_row_a_quantity(claims: list[Claim]) -> None:
    frame = to_frame(claims, REPORT)
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == sum(max(1, len(claim.mentions)) for claim in claims)
    row = frame[frame["quantity"] == "more than 20,000"].iloc[0]
    assert (row["claimant"], row["lower"], row["lower_open"], row["measure"], row["of"]) == (
        "Norland", 20_000, True, "killed", "Sudmark soldiers",
    )  # fmt: skip
    assert frame.loc[frame["quantity"] == "more than 20,000", "upper"].isna().all()


def test_the_table_of_no_claims_has_the_same_columns() -> None:
    frame = to_frame(claims_in("Nothing happened."))
    assert tuple(frame.columns) == COLUMNS
    assert frame.empty


@pytest.mark.parametrize(
    ("text", "source", "content", "form"),
    [
        ("Vela Marn said the bridge was closed.", "Vela Marn", "the bridge was closed", "indirect"),
        ("The bridge was closed, Vela Marn said.", "Vela Marn", "The bridge was closed", "indirect"),
        ("“It is closed,” said Vela Marn.", "Vela Marn", "“It is closed,”", "direct"),
        ("‘It is closed,’ Vela Marn said.", "Vela Marn", "‘It is closed,’", "direct"),
        ("''It is closed,'' Vela Marn said.", "Vela Marn", "''It is closed,''", "direct"),
        ('"Is it closed?" Vela Marn asked.', "Vela Marn", '"Is it closed?"', "direct"),
        ("The bridge was closed, according to the ministry.", "the ministry", "The bridge was closed", "indirect"),
        ("According to the ministry, the bridge was closed.", "the ministry", "the bridge was closed", "indirect"),
        ("VELA MARN SAID THAT THE BRIDGE WAS CLOSED.", "VELA MARN", "THAT THE BRIDGE WAS CLOSED", "indirect"),
        ("Ministers believe the bridge is closed.", "Ministers", "the bridge is closed", "indirect"),
        ("The ministry denied that the bridge was closed.", "The ministry", "that the bridge was closed", "indirect"),
        ("Vela Marn told the council on Friday that the bridge was closed.", "Vela Marn", "that the bridge was closed", "indirect"),
    ],
)  # fmt: skip
def test_cue_before_and_after(text: str, source: str, content: str, form: str) -> None:
    found = attributions_in(text)
    assert len(found) == 1
    assert " ".join(span.of(text) for span in found[0].source) == source
    assert " ".join(span.of(text) for span in found[0].content) == content
    assert found[0].form == form


def test_a_cue_inside_divides_the_content() -> None:
    text = "“We left,” Vela Marn said, “because the bridge was closed.”"
    (found,) = attributions_in(text)
    assert [span.of(text) for span in found.content] == ["“We left,”", "“because the bridge was closed.”"]
    text = "The bridge, Vela Marn said, was closed for a day."
    (found,) = attributions_in(text)
    assert [span.of(text) for span in found.content] == ["The bridge", "was closed for a day"]


def test_a_quotation_of_several_sentences_and_its_resumption_belong_together() -> None:
    text = "“We left. It was dark,” Vela Marn said. “Nobody came after us.”"
    (found,) = attributions_in(text)
    assert [span.of(text) for span in found.content] == ["“We left. It was dark,”", "“Nobody came after us.”"]


def test_a_speaker_that_is_not_named() -> None:
    (claim,) = claims_in("It was claimed that 40 people were killed.")
    assert claim.claimant == "not named"
    assert claim.mentions[0].measure == "killed"


def test_what_was_not_said_is_no_claim() -> None:
    assert not [claim for claim in claims_in("Vela Marn did not reveal the number of the dead.") if claim.attribution]


@pytest.mark.parametrize(
    "text",
    [
        "The Gazette could not independently verify the figures.",
        "The claim could not be verified.",
        "We were unable to confirm these numbers.",
        "There was no independent confirmation of the report.",
    ],
)
def test_disclaimers(text: str) -> None:
    assert [claim.kind for claim in claims_in(text)] == ["disclaimer"]


def test_a_checked_figure_is_no_disclaimer() -> None:
    assert not [claim for claim in claims_in("The Gazette verified that 40 were killed.") if claim.kind == "disclaimer"]


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("said", "neutral"),
        ("claimed", "distancing"),
        ("has repeatedly alleged", "distancing"),
        ("confirmed", "endorsing"),
        ("admitted", "endorsing"),
        ("estimated", "evidential"),
        ("According to", "neutral"),
        ("", "neutral"),
    ],
)
def test_stance(cue: str, stance: str) -> None:
    assert stance_of(cue) == stance


@pytest.mark.parametrize(
    ("phrase", "quantity"),
    [
        ("100,000 soldiers", exactly(100_000)),
        ("more than 20,000 soldiers", more_than(20_000)),
        ("at least 45 people", at_least(45)),
        ("45 or more people", at_least(45)),
        ("fewer than 30 tanks", fewer_than(30)),
        ("up to 450 men", up_to(450)),
        ("between 5,000 and 7,000 people", between(5_000, 7_000)),
        ("5,000 to 7,000 people", between(5_000, 7_000)),
        ("5,000–7,000 people", between(5_000, 7_000)),
        ("some 300 people", about(300)),
        ("nearly 300 people", about(300)),
        ("twenty-five people", exactly(25)),
        ("two hundred and ten people", exactly(210)),
        ("a dozen people", exactly(12)),
        ("half a million people", exactly(500_000)),
        ("1.5 million people", exactly(1_500_000)),
        ("two thirds of the town", exactly(2 / 3)),
        ("15 of 18 missiles", Quantity(15, 15, whole=18)),
        ("15 out of 18 missiles", Quantity(15, 15, whole=18)),
        ("dozens of people", Quantity(24, None, approximate=True)),
        ("hundreds of people", Quantity(200, None, approximate=True)),
        ("several people", Quantity(3, None, approximate=True)),
    ],
)
def test_phrases_to_quantities(phrase: str, quantity: Quantity) -> None:
    text = f"The army lost {phrase}."
    (mention,) = quantities_in(text)
    assert mention.quantity == quantity
    assert mention.quantity.text == mention.span.of(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In Corrance 40 were evacuated.", 40),
        ("In Corrance 40 more are missing.", 40),
        ("In Kyiv 3 have been hurt.", 3),
        ("In Bakhmut 20,000 was the number.", 20_000),
    ],
)
def test_a_number_may_stand_right_after_a_name(text: str, value: int) -> None:
    (mention,) = quantities_in(text)
    assert mention.quantity == exactly(value)


@pytest.mark.parametrize(
    "text",
    [
        "It began on May 1.",
        "It began on 1 May 2023.",
        "It began on 2023-05-01.",
        "It began in 2014.",
        "It was 2:30 am.",
        "A 50-year-old man was there.",
        "Vela Marn, 63, was there.",
        "Call 555-1234-777.",
        "An F-16 and a T-90 were seen.",
        "Flight 370 vanished.",
        "A Boeing 737 was hit.",
        "A Boeing 737 had crashed.",
        "It was the 3rd attack.",
        "The 1990s were quiet.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert quantities_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The blast killed 33 people and injured 43 others.", [(33, "killed"), (43, "wounded")]),
        ("Ten men were shot to death and two others became injured.", [(10, "killed"), (2, "wounded")]),
        ("At least 30 people died.", [(30, "killed")]),
        ("The death toll rose to 45.", [(45, "killed")]),
        ("Militants killed five soldiers, wounding at least nine.", [(5, "killed"), (9, "wounded")]),
        ("Seven people, including a guard, were killed and four others injured.", [(7, "killed"), (4, "wounded")]),
        ("The army captured 12 fighters.", [(12, "captured")]),
        ("Some 3,000 people are missing.", [(3000, "missing")]),
        ("The flood displaced 40,000 people.", [(40_000, "displaced")]),
        ("It left 20 dead and 30 wounded.", [(20, "killed"), (30, "wounded")]),
    ],
)
def test_what_is_counted(text: str, found: list[tuple[int, str]]) -> None:
    mentions = [mention for mention in quantities_in(text) if mention.measure]
    assert [(mention.quantity.value, mention.measure) for mention in mentions] == found


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Crews fire all day, if one believes Vela Marn.", "Vela Marn", "if one believes", "Crews fire all day"),
        ("There is talk in Velm of more help.", "", "There is talk in Velm of", "more help"),
        ("The word there is that help will come.", "", "The word there is", "that help will come"),
        ("Their own last count, from 20 May, was 40 dead.", "Their own last count", "was", "40 dead"),
        ("Vela Marn is confident that help will come.", "Vela Marn", "is confident", "that help will come"),
        ("The road, he went on, is closed.", "he", "went on", "The road ... is closed"),
        ("The road was closed, it seemed.", "", "seemed", "The road was closed"),
        ("The club, about 600 members according to its website, is closed.", "its website", "according to", "about 600 members"),
        ("He “retorted” that nobody had left.", "He", "“retorted”", "that nobody had left"),
        ("The ministry estimates, it says, that 40 died.", "The ministry", "estimates", "that 40 died"),
        ("Norland said on 2 May that 40 died.", "Norland", "said", "that 40 died"),
        ("Reportedly, the road is closed.", "", "Reportedly", "the road is closed"),
        ("Enemy losses up 41 per cent, command says", "command", "says", "Enemy losses up 41 per cent"),
    ],
)  # fmt: skip
def test_rarer_forms(text: str, source: str, cue: str, content: str) -> None:
    (found,) = attributions_in(text)
    assert " ".join(span.of(text) for span in found.source) == source
    assert " ".join(span.of(text) for span in found.cue) == cue
    assert " ... ".join(span.of(text) for span in found.content) == content


def test_a_quotation_in_single_marks_goes_on_over_paragraphs() -> None:
    text = "Vela Marn told the paper what the weeks have been like:\n\n‘I wrote it all down. It was dark.\n\n‘We were tired.’\n"
    (found,) = attributions_in(text)
    assert [span.of(text) for span in found.content] == ["‘I wrote it all down. It was dark.", "‘We were tired.’"]


@pytest.mark.parametrize(
    "text", ["The names of those whose names are known are listed.", "He settled for allegedly moving money."]
)
def test_what_attributes_nothing(text: str) -> None:
    assert attributions_in(text) == []


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("They shot down 15 of 18 drones. That is 83 per cent.", ["intercepted", "intercepted"]),
        ("Verified deaths stand at 104, up from 86 on 5 March.", ["killed", "killed"]),
        ("The number of prisoners, which has more than doubled, is not known.", ["captured"]),
        ("One of the injured died.", ["killed"]),
        ("Some 5,000 have gone.", ["displaced"]),
        ("There is room for 400.", ["capacity"]),
        ("Twenty soldiers have killed five civilians.", ["", "killed"]),
        ("Two days ago 30 were hurt.", ["", "wounded"]),
        ("All of the pumps failed.", ["failed"]),
        ("Most of them have drowned.", ["killed"]),
        ("It rained all day, at most 40 people came, and most of it was lost.", [""]),
        ("The town has 3,000 houses.\n\nIt is 12 by now.", ["", ""]),
    ],
)
def test_a_measure_is_carried_over_from_what_stands_before(text: str, measures: list[str]) -> None:
    assert [mention.measure for mention in quantities_in(text)] == measures


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The Norland Ministry of Defence said 40 died.", "Norland Ministry of Defence"),
        ("Ministry of Defence spokesman Orin Tay said no.", "Orin Tay"),
        ("The ministry in Velm denied it. Velm said that nobody died.", "the ministry in Velm"),
        ("Mayor Orin Tay was there. The mayor said that 40 died.", "Orin Tay"),
        ("Washington said that 40 died.", "United States"),
    ],
)
def test_claimants_behind_bodies_titles_and_cities(text: str, claimant: str) -> None:
    assert [claim.claimant for claim in claims_in(text) if claim.attribution][-1] == claimant


def test_an_estimate_is_a_bound_only_where_it_is_no_cue() -> None:
    (claim,) = claims_in("The army estimated 300 enemy dead.")
    assert counts(claim) == [(exactly(300), "killed")]
    (claim,) = claims_in("An estimated 300 people died.")
    assert counts(claim) == [(about(300), "killed")]
