package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out what every operation needs to know of a host, by the only programs that no operation has to declare. */
@Singleton
public final class HostFactsReader {
    private static final Run OS_RELEASE = Run.of("Which distribution it is", "cat", "/etc/os-release");
    private static final Run UNAME = Run.of("Its name and kernel", "uname", "-n", "-r", "-m");
    private static final Run USER_ID = Run.of("The account's number", "id", "-u");
    private static final Run USER_NAME = Run.of("The account's name", "id", "-un");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z][A-Z0-9_]*)=(.*)");

    /** The distribution is the inventory's word where it has one. */
    Uni<HostFacts> read(HostLink link, Optional<String> distro) {
        List<Uni<Output>> looks = List.of(
                // root is claimed so that no link puts sudo before them
                link.run(OS_RELEASE, true, Cancellation.never()),
                link.run(UNAME, true, Cancellation.never()),
                link.run(USER_ID, true, Cancellation.never()),
                link.run(USER_NAME, true, Cancellation.never()));
        return Uni.join().all(looks).andFailFast().map(outputs -> facts(outputs, distro));
    }

    private static HostFacts facts(List<Output> outputs, Optional<String> distro) {
        Map<String, String> osRelease = assignments(outputs.get(0).text());
        List<String> uname = List.of(firstLine(UNAME, outputs.get(1)).split(" "));
        String uid = firstLine(USER_ID, outputs.get(2));
        if (uname.size() != 3 || !uid.matches("\\d{1,10}")) {
            throw unexpected(uname.size() == 3 ? USER_ID : UNAME);
        }
        return new HostFacts(
                uname.get(0),
                distro.map(word -> Distro.of(word, ""))
                        .orElseGet(() ->
                                Distro.of(osRelease.getOrDefault("ID", ""), osRelease.getOrDefault("ID_LIKE", ""))),
                osRelease,
                uname.get(1),
                uname.get(2),
                firstLine(USER_NAME, outputs.get(3)),
                (int) Long.parseLong(uid),
                Instant.now());
    }

    /** The variables of os-release(5): shell assignments without any expansion. */
    static Map<String, String> assignments(String text) {
        Map<String, String> found = new HashMap<>();
        text.lines().map(ASSIGNMENT::matcher).filter(Matcher::matches).forEach(line -> {
            String value = line.group(2).strip();
            if (value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"))) {
                value = value.substring(1, value.length() - 1);
            }
            found.put(line.group(1), value.replaceAll("\\\\(.)", "$1"));
        });
        return found;
    }

    private static String firstLine(Run look, Output output) {
        return output.lines().stream()
                .findFirst()
                .filter(line -> output.succeeded())
                .orElseThrow(() -> unexpected(look));
    }

    private static ExecutionFailure unexpected(Run look) {
        return ExecutionFailure.before(
                Category.UNSUPPORTED_TARGET,
                "The host did not answer '" + String.join(" ", look.argv()) + "' as a Linux host does.",
                "Only Linux hosts with a POSIX shell and coreutils can be operated; check the account's login shell.");
    }
}
