package io.infrabridge.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.State;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the hosts of the lab were made to do in this run, by operation and distribution. Nobody has to report anything: every
 * answer that the tests get by REST or MCP passes here.
 */
final class Matrix {
    static final Matrix OF_THIS_RUN = new Matrix();

    /** How far an operation was seen to go on a distribution. */
    enum Seen {
        NOTHING("–"),
        RAN("ran"),
        CONVERGED("ran; again: unchanged");

        final String words;

        Seen(String words) {
            this.words = words;
        }
    }

    private final Map<String, Map<Family, Seen>> byAction = new TreeMap<>();
    private final Set<String> operations = new HashSet<>();
    private final Set<String> changed = new HashSet<>();
    private final Set<Class<?>> ended = ConcurrentHashMap.newKeySet();

    /** Takes an answer, whatever it is; only a whole, successful operation on a host over SSH counts. */
    synchronized void saw(JsonNode answer) {
        if (!counts(answer) || !operations.add(answer.path("id").asText())) {
            return;
        }
        String action = answer.path("action").asText();
        Family family = Family.named(answer.at("/execution/distro").asText());
        String onHost = action + " " + answer.path("target").asText();
        boolean converged = false;
        if (answer.path("changed").asBoolean()) {
            changed.add(onHost);
        } else {
            converged = changed.contains(onHost);
        }
        byAction.computeIfAbsent(action, name -> new EnumMap<>(Family.class))
                .merge(family, converged ? Seen.CONVERGED : Seen.RAN, Matrix::further);
    }

    private static boolean counts(JsonNode answer) {
        return answer.path("tool").asText().equals(Way.TOOL)
                && answer.path("state").asText().equals(State.SUCCEEDED.name())
                && !answer.path("dry_run").asBoolean()
                && answer.at("/execution/mode").asText().equals("remote")
                && Family.known(answer.at("/execution/distro").asText());
    }

    synchronized OperationsDocument document() {
        return new OperationsDocument(byAction);
    }

    void ended(Class<?> tests) {
        ended.add(tests);
    }

    boolean heard(Class<?> tests) {
        return ended.contains(tests);
    }

    static Seen further(Seen one, Seen other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** The columns. */
    enum Family {
        UBUNTU("Ubuntu, Debian"),
        RHEL("RHEL and kin"),
        NIXOS("NixOS");

        final String title;

        Family(String title) {
            this.title = title;
        }

        static boolean known(String distro) {
            for (Family family : values()) {
                if (family.name().equalsIgnoreCase(distro)) {
                    return true;
                }
            }
            return false;
        }

        static Family named(String distro) {
            return valueOf(distro.toUpperCase(Locale.ROOT));
        }
    }
}
