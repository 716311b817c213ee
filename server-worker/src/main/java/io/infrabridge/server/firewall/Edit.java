package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Undo;
import java.time.Duration;
import java.util.List;

/**
 * One command that changes a firewall, and the one that takes it back.
 *
 * @param lasting whether it changes only what the firewall begins with when it is started anew
 */
record Edit(String description, List<String> argv, List<String> back, boolean lasting) {
    private static final String WHY = "the firewall protects the whole host";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    Edit {
        argv = List.copyOf(argv);
        back = List.copyOf(back);
    }

    Run run(Undo undo) {
        return Run.of(description, argv).asRoot(WHY).within(LONGEST).undoneBy(undo);
    }

    Run taken() {
        return Run.of("Take back: " + description, back).asRoot(WHY).within(LONGEST);
    }

    boolean among(List<Edit> edits) {
        return edits.stream().anyMatch(edit -> edit.argv.equals(argv));
    }
}
