package io.infrabridge.server.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedLooksTest {
    private static final Run NAME = Run.of("Ask for its name", "uname", "-n");
    private static final Run TIME = Run.of("Ask for the time", "date");
    private static final Run MORE = Run.of("Ask again", "uname", "-r");

    private final SharedLooks looks = new SharedLooks(List.of(
            looker(NAME, TIME),
            looker(TIME, Run.of("The same in other words", "uname", "-n")),
            looker(NAME.accepting(0, 1))));

    @Test
    void areDoneOnceForAllWhoWantThem() {
        // another answer counts as one for the last
        assertThat(looks.first().steps())
                .extracting(Step::command)
                .containsExactly(NAME.argv(), TIME.argv(), NAME.argv());
        assertThat(looks.further(Probed.nothing())).isEmpty();
        assertThat(looks.further(Probed.of(Output.of("a"), Output.of("b"), Output.of("c"))))
                .containsExactly(MORE);
    }

    @Test
    void giveEachItsOwnInTheOrderInWhichItAsked() {
        Probed seen = Probed.of(Output.of("name"), Output.of("time"), Output.of("other"), Output.of("more"));
        assertThat(looks.slices(seen).stream()
                        .map(slice -> slice.outputs().stream().map(Output::text).toList()))
                .containsExactly(
                        List.of("name", "time", "more"), List.of("time", "name", "more"), List.of("other", "more"));
        assertThat(looks.further(seen)).isEmpty();
    }

    @Test
    void areRefusedByTheFirstWhoMayNotLook() {
        SharedLooks.Looker refused =
                new SharedLooks.Looker(Plan.refuse(Category.CONFLICT, "not here", "there"), seen -> List.of());
        assertThat(new SharedLooks(List.of(looker(NAME), refused)).first().refusal())
                .hasValueSatisfying(failure -> assertThat(failure.message()).isEqualTo("not here"));
    }

    private static SharedLooks.Looker looker(Run... first) {
        return new SharedLooks.Looker(Plan.of(first), seen -> seen.size() == first.length ? List.of(MORE) : List.of());
    }
}
