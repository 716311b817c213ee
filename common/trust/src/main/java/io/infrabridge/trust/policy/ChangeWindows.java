package io.infrabridge.trust.policy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** All change windows; of those that are about a target, one must be open. */
record ChangeWindows(List<ChangeWindow> windows) {
    Stream<Finding> check(Access access) {
        List<ChangeWindow> about =
                windows.stream().filter(window -> window.scope().covers(access)).toList();
        boolean anyOpen = about.stream().anyMatch(window -> window.open(access.at()));
        return windows.stream().map(window -> {
            if (!about.contains(window)) {
                return Finding.notAbout(window.rule());
            }
            return anyOpen ? passing(window, access.at()) : refusing(window, access, about);
        });
    }

    private static Finding passing(ChangeWindow window, Instant at) {
        return Finding.of(
                window.rule(),
                Finding.Effect.PASSES,
                window.open(at) ? "The window is open." : "Another window is open.");
    }

    private static Finding refusing(ChangeWindow window, Access access, List<ChangeWindow> about) {
        Instant opens = about.stream()
                .map(one -> one.opens(access.at()))
                .min(Instant::compareTo)
                .orElseThrow();
        return Finding.refusing(
                window.rule(),
                "Changes of " + access.target() + " are made in the window " + window.name()
                        + ", and it is closed now.",
                "Ask again after " + opens + ".");
    }
}
