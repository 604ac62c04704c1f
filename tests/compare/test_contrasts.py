"""What is known of the real cases comes out by one call each."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from course.compare import (
    all_comparable,
    chain,
    clocks_in,
    comparable,
    consistent,
    coverage,
    family,
    independent_sources,
    mutations,
    overlap,
    percent_of_what,
    ratio_of_extremes,
    row_of,
    share_of,
    shared_errors,
    silences,
    spread,
)
from course.corpus import Case, cases, load_case
from course.quantity import about, more_than


@pytest.fixture(scope="module")
def bakhmut() -> Case:
    return load_case("bakhmut-2023")


@pytest.fixture(scope="module")
def iraq() -> Case:
    return load_case("iraq-2003")


@pytest.fixture(scope="module")
def gaza() -> Case:
    return load_case("gaza-2023")


def test_one_estimate_has_three_scopes(bakhmut: Case) -> None:
    scopes = spread(family(bakhmut, "U001", "U002"), "scope")
    by_words = {words: set(ids) for words, ids in scopes.groups}
    assert {"U001", "U002", "U010"} <= by_words["Ukraine, theatre"]
    assert by_words["Bakhmut, town"] == {"U006", "U007", "U008"}
    assert by_words["eastern Ukraine, region"] == {"U009"}
    assert not scopes.agree


def test_a_copy_that_narrows_the_scope_is_not_comparable_for_that_alone(bakhmut: Case) -> None:
    answer = comparable(row_of(bakhmut, "U001"), row_of(bakhmut, "U007"))
    assert not answer and answer.aspects == ("scope",)
    assert "Ukraine" in str(answer) and "Bakhmut" in str(answer)
    assert comparable(row_of(bakhmut, "U001"), row_of(bakhmut, "U010"))


def test_half_of_the_casualties_is_five_times_half_of_the_killed(bakhmut: Case) -> None:
    killed = share_of(row_of(bakhmut, "U004"), row_of(bakhmut, "U002"))
    hurt = share_of(row_of(bakhmut, "U005"), row_of(bakhmut, "U001"))
    assert (killed.printed, hurt.printed) == (10_000, 50_000)
    assert killed.amount.lower == 10_000 and killed.amount.upper is None
    findings = consistent(family(bakhmut, "U001", "U002", "U004"))
    shifted = [one for one in findings if one.kind == "base shifted"]
    assert [set(one.claims) for one in shifted] == [{"U004", "U005", "U002", "U001"}]
    assert "factor of 5" in str(shifted[0])


def test_80_000_wounded_does_not_follow(bakhmut: Case) -> None:
    findings = consistent([row_of(bakhmut, id) for id in ("U001", "U002", "U003")])
    (wounded,) = (one for one in findings if "U003" in one.claims)
    assert wounded.kind == "does not follow"
    assert "cannot be concluded" in str(wounded) and "different places" in str(wounded)


def test_the_wounded_of_two_ranges_do_follow(bakhmut: Case) -> None:
    (finding,) = consistent([row_of(bakhmut, id) for id in ("U057", "U058")])
    assert finding.kind == "reckoned" and "between 146,500 and 187,500" in str(finding)


def test_41_percent_is_less_where_70_is_more(gaza: Case) -> None:
    found = percent_of_what(row_of(gaza, "G003"), row_of(gaza, "G001"), row_of(gaza, "G002"))
    assert found.fits == "less"
    assert "70 percent more" in str(found) and "41 percent less" in str(found)
    assert 41 not in found.more and 41 in found.less
    assert [one.claims for one in consistent(gaza.claims)] == [("G003", "G001", "G002")]


def test_three_counts_for_iraq(iraq: Case) -> None:
    three = [row_of(iraq, id) for id in ("I007", "I008", "I013")]
    assert {"measure", "period", "population"} <= set(all_comparable(three).aspects)
    ratio = ratio_of_extremes(three)
    assert (ratio.lowest, ratio.highest) == ("I007", "I008")
    assert ratio.ratio.lower == pytest.approx(392_979 / 30_892) and ratio.ratio.upper == pytest.approx(942_636 / 27_383)
    assert not any(overlap(one, two) for one, two in pairwise(three))


def test_three_counts_of_2004_are_of_other_people_and_days(iraq: Case) -> None:
    three = [row_of(iraq, id) for id in ("I001", "I003", "I004")]
    assert {"measure", "period", "population"} <= set(all_comparable(three).aspects)
    assert overlap(three[0], three[1])  # the survey's range holds the whole count
    assert overlap(three[0], three[2]).answer == "no"


def test_a_lost_digit_is_found(iraq: Case) -> None:
    (finding,) = consistent(iraq.claims)
    assert finding.kind == "contradiction" and finding.claims == ("I005",)


def test_british_averages_are_kyivs(bakhmut: Case) -> None:
    answer = independent_sources(bakhmut, ["U015", "U022", "U023", "U024"])
    assert len(answer) == 1 and answer.roots == ("General Staff of Ukraine",)
    assert "UK Ministry of Defence" in chain(bakhmut, "U023").graph


def test_many_carriers_of_the_estimate_have_one_origin(bakhmut: Case) -> None:
    answer = independent_sources(bakhmut, family(bakhmut, "U001", "U002", "U004")["id"])
    assert len(answer.carriers) >= 8 and answer.roots == ("US intelligence",)
    assert set(answer.not_named) == {"WION", "UrduPoint"}


def test_a_name_that_two_claims_share_does_not_join_them(bakhmut: Case) -> None:
    """AP carries both the estimate and the interview; so does the briefing both Kirby's and Prigozhin's figure."""
    assert len(independent_sources(bakhmut, ["U002", "U048"])) == 2
    assert len(independent_sources(bakhmut, ["U003", "U046"])) == 2


def test_the_wrong_hour_is_shared(bakhmut: Case) -> None:
    note = row_of(bakhmut, "U085")["note"]
    assert "2:30 am" in note and "1130 GMT" in note
    named = re.findall(r"Reuters|WION|TRT", note)
    (found,) = shared_errors(dict.fromkeys(named, "Explosions at 2:30 am (1130 GMT)."), hours_ahead=3)
    assert set(found.reports) == {"Reuters", "WION", "TRT"} and found.right == "2330 GMT"
    (clocks,) = clocks_in("Explosions at 2:30 am (1130 GMT).")
    assert clocks.right(hours_ahead=3) == 23 * 60 + 30


def test_the_ledger_shows_what_became_of_the_estimate(bakhmut: Case) -> None:
    ledger = mutations(bakhmut, "U001").set_index("outlet")
    assert ledger.loc["Newsweek", "scope"] == "Ukraine → Bakhmut" and ledger.loc["Newsweek", "rendering"] == "U007"
    assert ledger.loc["Business Standard", "measure"] == "casualties → killed"
    assert ledger.loc["WION", "qualifier"] == "dropped" and ledger.loc["WION", "reply"] == "missing"
    assert not ledger.loc["RT", "carried"] and ledger.loc["UPI", "reply"] == "given"
    assert ledger.loc["Babel", "reply"] == "came later"
    known = ledger["date"].dropna()
    assert known.is_monotonic_increasing and ledger["date"].isna().iloc[-1]
    base = mutations(bakhmut, "U004").set_index("outlet").loc["IFP News"]
    assert base["base"] == "killed → casualties" and base["rendering"] == "U005"


def test_who_gives_no_number_and_who_tells_why(bakhmut: Case) -> None:
    found = {silence.who: silence for silence in silences(bakhmut)}
    kirby = found["John Kirby"]
    assert kirby.declined == ("B001",) and kirby.about == "Ukraine" and {"wion", "the-hill"} <= set(kirby.told_by)
    russia = silences(bakhmut, measure="casualties", claims=["U001", "U010", "U013"])[0]
    assert russia.who == russia.about == "Russia" and russia.speakers == ("U001", "U010")
    assert "meduza" in russia.told_by


def test_a_war_whose_parties_say_nothing() -> None:
    sudan = load_case("sudan-2023")
    (nobody,) = silences(sudan)
    assert "No party" in str(nobody) and len(nobody.speakers) == 6
    named = silences(sudan, parties=["the army", "the Rapid Support Forces"])
    assert [one.who for one in named] == ["the army", "the Rapid Support Forces"]


def test_the_ratio_knows_open_ends(bakhmut: Case) -> None:
    ratio = ratio_of_extremes([row_of(bakhmut, "U043"), row_of(bakhmut, "U044")])
    assert "at most about 5 times" in str(ratio) and ratio.ratio.lower == 0
    nothing = ratio_of_extremes(
        [row_of(bakhmut, "U001"), row_of(bakhmut, "U064").to_dict() | {"id": "U064", "lower": 5}]
    )
    assert "cannot be concluded" in str(nothing)
    zero = ratio_of_extremes([row_of(bakhmut, "U074"), row_of(bakhmut, "U076")])
    assert "No ratio can be given" in str(zero)


def test_nearly_touching_figures_are_left_open(bakhmut: Case) -> None:
    assert overlap(row_of(bakhmut, "U001"), row_of(bakhmut, "U008")).answer == "cannot be told"
    assert overlap(more_than(100), about(90)).answer == "no"


@pytest.mark.parametrize("name", cases())
def test_nothing_is_lost_in_the_coverage(name: str) -> None:
    case = load_case(name)
    matrix = coverage(case)
    assert set(matrix.index) == set(case.reports["id"]) and set(matrix.columns) == set(case.coverage["claim"])
    for row in case.coverage.itertuples():
        assert row.change.replace("none", "unchanged") in matrix.loc[row.report, row.claim].split("; ")
    assert (matrix != "").to_numpy().sum() == len(case.coverage.drop_duplicates(["report", "claim"]))


@pytest.mark.parametrize("name", cases())
def test_every_claim_can_be_asked_everything(name: str) -> None:
    case = load_case(name)
    for id in case.claims["id"]:
        row = row_of(case, id)
        if row["renders"]:
            with pytest.raises(ValueError, match=row["renders"]):
                mutations(case, id)
        else:
            ledger = mutations(case, id)
            told = set(case.coverage.loc[case.coverage["claim"] == id, "report"])
            assert set(ledger["report"]) - {""} == told
            versions = set(case.claims.loc[case.claims["renders"] == id, "id"])
            assert sorted(filter(None, ledger["rendering"])) == sorted(versions)
        answer = independent_sources(case, id)
        assert len(answer) + len(answer.no_chain) == 1
    for finding in [*consistent(case.claims), *silences(case)]:
        assert str(finding).endswith(".") and "nan" not in str(finding).lower().split()


def test_no_number_is_called_a_lie() -> None:
    for name in cases():
        case = load_case(name)
        words = " ".join(map(str, [*consistent(case.claims), *silences(case)]))
        assert not re.search(r"\b(lie|lies|lying|liar|false|true|wins?|propaganda)\b", words)
