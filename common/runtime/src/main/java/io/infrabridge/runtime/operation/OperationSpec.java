package io.infrabridge.runtime.operation;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.contract.TargetKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is fixed about an operation.
 *
 * @param selectors the arguments that choose it among the tool's actions, in order
 * @param programs the programs that it may run: the allow-list of its worker is made of these
 * @param converges whether running it twice leaves the same state as once; what does not is never repeated
 * @param timeout the run time that a caller gets who does not ask for another
 */
public record OperationSpec<I extends Record, O extends Record>(
        String tool,
        String toolSummary,
        List<Selector> selectors,
        String summary,
        Risk risk,
        boolean converges,
        TargetKind targetKind,
        Class<I> input,
        Class<O> output,
        Set<String> programs,
        Duration timeout) {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    public OperationSpec {
        selectors = List.copyOf(selectors);
        programs = Set.copyOf(programs);
    }

    /** A read; see the other methods for what deviates. */
    public static <I extends Record, O extends Record> OperationSpec<I, O> read(
            Tool tool, String summary, Class<I> input, Class<O> output, Selector... selectors) {
        return new OperationSpec<>(
                tool.name(),
                tool.summary(),
                List.of(selectors),
                summary,
                Risk.READ,
                true,
                tool.targetKind(),
                input,
                output,
                Set.of(),
                USUAL_TIMEOUT);
    }

    public OperationSpec<I, O> running(String... names) {
        return new OperationSpec<>(
                tool,
                toolSummary,
                selectors,
                summary,
                risk,
                converges,
                targetKind,
                input,
                output,
                Set.of(names),
                timeout);
    }

    public OperationSpec<I, O> risking(Risk worst) {
        return new OperationSpec<>(
                tool, toolSummary, selectors, summary, worst, converges, targetKind, input, output, programs, timeout);
    }

    /** It cannot be told from the target whether it ran, such as a restart. */
    public OperationSpec<I, O> neverRepeated() {
        return new OperationSpec<>(
                tool, toolSummary, selectors, summary, risk, false, targetKind, input, output, programs, timeout);
    }

    public OperationSpec<I, O> within(Duration longest) {
        return new OperationSpec<>(
                tool, toolSummary, selectors, summary, risk, converges, targetKind, input, output, programs, longest);
    }

    /** The action's name in the catalogue: its selectors' values joined by a dot. */
    public String action() {
        return selectors.stream().map(Selector::value).collect(Collectors.joining("."));
    }
}
