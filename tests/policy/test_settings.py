"""Settings of a pack: typed, dated, and refused by name where a rule could not use them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.money import Money
from candor.policy.pack import Pack, load_pack
from candor.policy.settings import Settings, SettingsFaults, typed
from candor.resources import pack_bytes

VALUES = load_pack(pack_bytes("immunogen")).setting_values()
DERIVED = {"open_payments"}  # made of one pair of rows for each programme year
NAMES = sorted({field.name for field in fields(Settings)} - DERIVED)


def _refused(values: dict[str, int | str | bool]) -> SettingsFaults:
    with pytest.raises(SettingsFaults) as refused:
        typed(values)
    return refused.value


def test_the_shipped_values_are_those_that_the_rules_expect(settings: Settings) -> None:
    def usd(cents: int) -> Money:
        return Money(cents, "USD")

    assert (settings.rpt_threshold, settings.smaller_reporting_company) == (usd(120_000_00), False)
    assert settings.independence_compensation == usd(120_000_00)
    assert settings.independence_window_months == 12
    assert settings.independence_lookback_years == 3
    assert (settings.d_test_percent, settings.d_test_floor) == (5, usd(200_000_00))
    assert (settings.clock_business_days, settings.edgar_cutoff) == (4, time(17, 30))
    assert settings.edgar_time_zone.key == "America/New_York"
    assert (settings.form3_days, settings.form4_business_days, settings.form5_days) == (10, 2, 45)
    assert settings.sec16_cutoff == time(22)
    assert (settings.gift_modest, settings.gift_year) == (usd(100_00), usd(250_00))
    assert (settings.meal_standing, settings.hcp_educational_item) == (usd(100_00), usd(100_00))
    assert (settings.us_exec_gift, settings.us_exec_gift_year) == (usd(20_00), usd(50_00))
    assert settings.open_payments[2026] == (usd(13_82), usd(138_13))
    assert settings.open_payments[2025] == (usd(13_46), usd(134_54))
    assert (settings.clayton_capital, settings.clayton_sales) == (usd(54402000_00), usd(5440200_00))
    assert (settings.overboard, settings.overboard_ceo_outside, settings.ac_max) == (5, 2, 3)
    assert (settings.implicit_waiver_days, settings.late_disclosure_business_days) == (30, 5)
    assert (settings.absence_alert_business_days, settings.strict_quorum) == (3, True)
    assert (settings.waiver_decider, settings.website_election) == ("audit", False)
    assert VALUES["hold_reminder_days"] == 90
    assert (VALUES["legal_lookback_years"], VALUES["occupation_years"]) == (10, 5)
    assert VALUES["own_window_days"] == 60


def test_every_value_has_a_date_and_a_source_and_somebody_who_checked_it(pack: Pack) -> None:
    for name, row in pack.file.settings.items():
        assert date.fromisoformat(row.effective), name
        assert date.fromisoformat(row.checked_on) >= date(2026, 1, 1), name
        assert row.source.strip(), name
        assert row.checked_by.strip(), name


def test_every_number_says_what_it_counts(pack: Pack) -> None:
    numbers = {n: r for n, r in pack.file.settings.items() if not isinstance(r.value, str | bool)}
    assert [name for name, row in numbers.items() if not row.note.strip()] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_setting_is_refused_by_name(name: str) -> None:
    refused = _refused({key: value for key, value in VALUES.items() if key != name})
    assert refused.problems == (f"The setting “{name}” is missing.",)
    assert name in refused.message


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("rpt_threshold", "13.820", "US dollars"),
        ("rpt_threshold", "-1", "US dollars"),
        ("rpt_threshold", -1, "US dollars"),
        ("rpt_threshold", True, "US dollars"),
        ("rpt_threshold", "1e5", "US dollars"),
        ("rpt_threshold", "9" * 40, "US dollars"),
        ("average_total_assets", "unknown", "US dollars"),
        ("clock_business_days", "4", "whole number"),
        ("clock_business_days", True, "whole number"),
        ("clock_business_days", -4, "whole number"),
        ("strict_quorum", 1, "true or false"),
        ("strict_quorum", "true", "true or false"),
        ("waiver_decider", " ", "a text"),
        ("waiver_decider", 3, "a text"),
        ("edgar_cutoff", "5:30 pm", "time of day"),
        ("edgar_cutoff", "24:30", "time of day"),
        ("edgar_cutoff", 1730, "time of day"),
        ("edgar_time_zone", "America/Nowhere", "time zone"),
        ("edgar_time_zone", "../etc", "time zone"),
        ("edgar_time_zone", "", "time zone"),
        ("open_payments_report", "02-30", "day of the year"),
        ("open_payments_report", 331, "day of the year"),
        ("open_payments_item_2026", "a little", "US dollars"),
    ],
)
def test_a_value_that_a_rule_cannot_use_is_refused_with_what_it_should_be(
    name: str, value: int | str | bool, wanted: str
) -> None:
    (problem,) = _refused(VALUES | {name: value}).problems
    assert problem.startswith(f"The setting “{name}” is {value!r}, but must be ")
    assert wanted in problem


def test_cents_are_kept_exactly() -> None:
    assert typed(VALUES | {"gift_modest": "13.82"}).gift_modest == Money(1382, "USD")
    assert typed(VALUES | {"gift_modest": "13.8"}).gift_modest == Money(1380, "USD")
    assert typed(VALUES | {"gift_modest": 13}).gift_modest == Money(1300, "USD")


def test_assets_may_be_left_unstated() -> None:
    assert typed(VALUES).average_total_assets is None
    stated = typed(VALUES | {"average_total_assets": 9_000_000}).average_total_assets
    assert stated == Money(9_000_000_00, "USD")


def test_half_a_programme_year_is_refused() -> None:
    (problem,) = _refused(VALUES | {"open_payments_item_2027": "14.10"}).problems
    assert problem == "The setting “open_payments_total_2027” is missing."
    without = {name: v for name, v in VALUES.items() if not name.startswith("open_payments_i")}
    without = {n: v for n, v in without.items() if not n.startswith("open_payments_t")}
    assert "open_payments_item_YYYY" in _refused(without).message


@given(st.sets(st.sampled_from(NAMES), min_size=1))
def test_all_missing_settings_are_told_together(missing: set[str]) -> None:
    kept = {name: value for name, value in VALUES.items() if name not in missing}
    refused = _refused(kept)
    assert {problem.split("“")[1].split("”")[0] for problem in refused.problems} == missing
    assert "nothing was guessed" in refused.hint
