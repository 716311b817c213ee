package io.infrabridge.trust.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Risk;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeWindowTest {
    @ParameterizedTest
    @CsvSource({
        // 2026-03-07 is a Saturday, Berlin is at +01:00
        "2026-03-07T20:59:59.999Z, false",
        "2026-03-07T21:00:00Z,     true",
        "2026-03-08T02:59:59.999Z, true",
        "2026-03-08T03:00:00Z,     false",
        "2026-03-08T21:30:00Z,     false",
        "2026-03-06T23:30:00Z,     false",
        // in summer it opens an hour earlier for the rest of the world
        "2026-07-04T19:59:59.999Z, false",
        "2026-07-04T20:00:00Z,     true",
        "2026-07-05T01:59:59.999Z, true",
        "2026-07-05T02:00:00Z,     false",
        // the night in which clocks skip 02:00 to 03:00 is an hour shorter
        "2026-03-28T21:00:00Z,     true",
        "2026-03-29T01:59:59.999Z, true",
        "2026-03-29T02:00:00Z,     false",
        // and the one in which they show 02:00 to 03:00 twice is an hour longer
        "2026-10-24T20:00:00Z,     true",
        "2026-10-25T02:59:59.999Z, true",
        "2026-10-25T03:00:00Z,     false",
    })
    void isOpenOverMidnightInItsOwnZone(String at, boolean open) {
        assertOpen("days: [SAT], from: \"22:00\", to: \"04:00\", zone: Europe/Berlin", at, open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-04T00:59:59.999Z, false",
        "2026-03-04T01:00:00Z,     true",
        "2026-03-04T01:59:59.999Z, true",
        "2026-03-04T02:00:00Z,     false",
    })
    void isOpenEveryDayWhereNoneIsNamed(String at, boolean open) {
        assertOpen("from: \"01:00\", to: \"02:00\", zone: UTC", at, open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-03T23:59:59.999Z, false",
        "2026-03-04T00:00:00Z,     true",
        "2026-03-04T23:59:59.999Z, true",
        "2026-03-05T00:00:00Z,     false",
    })
    void isOpenForAWholeDayWhereItClosesWhenItOpens(String at, boolean open) {
        assertOpen("days: [WED], from: \"00:00\", to: \"00:00\", zone: UTC", at, open);
    }

    @ParameterizedTest
    @CsvSource({
        // 02:30 is skipped on 2026-03-29: it opens when the clocks skip, at 01:00 UTC
        "2026-03-29T00:59:59.999Z, false",
        "2026-03-29T01:00:00Z,     true",
        "2026-03-29T01:59:59.999Z, true",
        "2026-03-29T02:00:00Z,     false",
        // 02:30 is shown twice on 2026-10-25: it opens at the first
        "2026-10-25T00:29:59.999Z, false",
        "2026-10-25T00:30:00Z,     true",
        "2026-10-25T02:59:59.999Z, true",
        "2026-10-25T03:00:00Z,     false",
    })
    void opensAtAnHourThatTheClocksSkipOrShowTwice(String at, boolean open) {
        assertOpen("days: [SUN], from: \"02:30\", to: \"04:00\", zone: Europe/Berlin", at, open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T00:59:59.999Z, true",
        "2026-03-29T01:00:00Z,     false",
        "2026-10-25T00:29:59.999Z, true",
        "2026-10-25T00:30:00Z,     false",
        "2026-10-25T01:15:00Z,     false",
    })
    void closesAtAnHourThatTheClocksSkipOrShowTwice(String at, boolean open) {
        assertOpen("days: [SUN], from: \"01:00\", to: \"02:30\", zone: Europe/Berlin", at, open);
    }

    @Test
    void saysWhichWindowIsClosedAndWhenOneOpens() {
        Policy policy = Policy.parse("""
                roles: [{name: op, risks: [CHANGE]}]
                windows:
                  - {name: weekend, days: [SAT], from: "22:00", to: "04:00", zone: UTC}
                  - {name: evening, days: [THU], from: "20:00", to: "21:00", zone: UTC}
                """);

        assertThat(Asking.as("op").of(policy))
                .isEqualTo(new Decision.Refused(
                        "window:weekend",
                        Category.FORBIDDEN,
                        "Changes of web1 are made in the window weekend, and it is closed now.",
                        "Ask again after 2026-03-05T20:00:00Z."));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-04T11:59:59Z, 2026-03-04T12:00:00Z",
        "2026-03-04T13:00:00Z, 2026-03-11T12:00:00Z",
        "2026-03-05T00:00:00Z, 2026-03-11T12:00:00Z",
        "2026-03-11T00:00:00Z, 2026-03-11T12:00:00Z",
    })
    void opensAgainWithinAWeek(String at, String opens) {
        Policy policy = policy("days: [WED], from: \"12:00\", to: \"13:00\", zone: UTC");

        assertThat(Asking.as("op").at(at).of(policy))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.hint()).isEqualTo("Ask again after " + opens + "."));
    }

    @Test
    void oneOpenWindowOfSeveralIsEnough() {
        Policy policy = Policy.parse("""
                roles: [{name: op, risks: [CHANGE]}]
                windows:
                  - {name: night, from: "01:00", to: "02:00", zone: UTC}
                  - {name: noon, from: "12:00", to: "12:01", zone: UTC}
                  - {name: elsewhere, targets: [db*], from: "01:00", to: "02:00", zone: UTC}
                """);

        Evaluation evaluation = policy.evaluate(Asking.as("op").access(), false);

        assertThat(evaluation.decision().allowed()).isTrue();
        assertThat(evaluation.findings())
                .endsWith(
                        Finding.of("window:night", Finding.Effect.PASSES, "Another window is open."),
                        Finding.of("window:noon", Finding.Effect.PASSES, "The window is open."),
                        Finding.notAbout("window:elsewhere"));
    }

    @Test
    void concernsTheChangesOfItsTargetsAlone() {
        Policy policy = Policy.parse("""
                roles: [{name: op, risks: [READ, CHANGE, DESTRUCTIVE]}]
                windows: [{name: w, labels: {stage: prod}, from: "01:00", to: "02:00", zone: UTC}]
                """);
        Asking production = Asking.as("op").target("web1", Map.of("stage", "prod"));

        assertThat(production.of(policy).allowed()).isFalse();
        assertThat(production.risk(Risk.DESTRUCTIVE).of(policy).allowed()).isFalse();
        assertThat(production.risk(Risk.READ).of(policy).allowed()).isTrue();
        assertThat(Asking.as("op").of(policy).allowed()).isTrue();
    }

    private static void assertOpen(String window, String at, boolean open) {
        assertThat(Asking.as("op").at(at).of(policy(window)).allowed()).isEqualTo(open);
    }

    private static Policy policy(String window) {
        return Policy.parse("roles: [{name: op, risks: [CHANGE]}]\nwindows: [{name: w, " + window + "}]");
    }
}
