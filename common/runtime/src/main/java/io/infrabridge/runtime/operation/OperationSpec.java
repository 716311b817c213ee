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
 * @param allowance the programs that it may run: the allow-list of its worker is made of these
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
        Programs allowance,
        Duration timeout) {
    /** Where a host keeps the marks of the changes that run on it, one directory each. */
    public static final String RUNNING_CHANGES = "/run/infrabridge/running";

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    public OperationSpec {
        selectors = List.copyOf(selectors);
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
                Programs.none(),
                USUAL_TIMEOUT);
    }

    /** Programs that it runs on every distribution. */
    public OperationSpec<I, O> running(String... names) {
        return allowed(allowance.and(Programs.everywhere(), names));
    }

    /** Programs that it runs on this distribution only. */
    public OperationSpec<I, O> runningOn(Distro distro, String... names) {
        return allowed(allowance.and(Set.of(distro), names));
    }

    /** The shapes of all that it runs as root, see {@link RootCommand}; after the programs. */
    public OperationSpec<I, O> runningAsRoot(String... templates) {
        return allowed(allowance.andAsRoot(List.of(templates)));
    }

    public Set<String> programs() {
        return allowance.all();
    }

    private OperationSpec<I, O> allowed(Programs programs) {
        return new OperationSpec<>(
                tool, toolSummary, selectors, summary, risk, converges, targetKind, input, output, programs, timeout);
    }

    /**
     * A change. On a host it is marked while it runs, so that no worker reboots the host meanwhile; see {@code mkdir} and
     * {@code rmdir} in the reports.
     */
    public OperationSpec<I, O> risking(Risk worst) {
        Programs marking = worst != Risk.READ && targetKind == TargetKind.HOST
                ? allowance
                        .and(Programs.everywhere(), "mkdir", "rmdir")
                        .andAsRoot(List.of(
                                "mkdir -p -- <path:" + RUNNING_CHANGES + ">",
                                "rmdir -- <path:" + RUNNING_CHANGES + ">"))
                : allowance;
        return new OperationSpec<>(
                tool, toolSummary, selectors, summary, worst, converges, targetKind, input, output, marking, timeout);
    }

    /**
     * It cannot be told from the target whether it ran, such as a restart. On a host it is marked before, so that it runs once
     * whatever becomes of its worker; see {@code mkdir} in the reports.
     */
    public OperationSpec<I, O> neverRepeated() {
        Programs marking = targetKind == TargetKind.HOST
                ? allowance
                        .and(Programs.everywhere(), "mkdir", "stat")
                        .andAsRoot(List.of("mkdir -- <path:/run/infrabridge>", "mkdir -p -- /run/infrabridge"))
                : allowance;
        return new OperationSpec<>(
                tool, toolSummary, selectors, summary, risk, false, targetKind, input, output, marking, timeout);
    }

    public OperationSpec<I, O> within(Duration longest) {
        return new OperationSpec<>(
                tool, toolSummary, selectors, summary, risk, converges, targetKind, input, output, allowance, longest);
    }

    /** The action's name in the catalogue: its selectors' values joined by a dot. */
    public String action() {
        return selectors.stream().map(Selector::value).collect(Collectors.joining("."));
    }
}
