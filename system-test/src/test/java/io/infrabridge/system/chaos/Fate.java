package io.infrabridge.system.chaos;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a client was told of one undertaking, over all of its attempts. */
final class Fate {
    private final Undertaking undertaking;
    private final String client;
    private final Set<String> ids = new LinkedHashSet<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private boolean unclear;
    private int attempts;

    Fate(Undertaking undertaking, String client) {
        this.undertaking = undertaking;
        this.client = client;
    }

    Door.Answer heard(Door.Answer answer) {
        attempts++;
        if (answer instanceof Door.Accepted accepted) {
            ids.add(accepted.id());
        } else if (answer instanceof Door.Unclear) {
            unclear = true;
        } else if (answer instanceof Door.Refused refused) {
            refusals.add(refused.why());
        } else if (answer instanceof Door.Wrong other) {
            wrong.add(other.what());
        }
        return answer;
    }

    Undertaking undertaking() {
        return undertaking;
    }

    /** The operation's id where it was accepted. */
    Optional<String> id() {
        return ids.stream().findFirst();
    }

    /** All ids that were ever given; more than one is a defect. */
    Set<String> ids() {
        return Set.copyOf(ids);
    }

    /** Whether some attempt may have been accepted though nobody said so. */
    boolean unclear() {
        return unclear;
    }

    List<String> refusals() {
        return List.copyOf(refusals);
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    int attempts() {
        return attempts;
    }

    @Override
    public String toString() {
        return undertaking + " by " + client + " as " + ids;
    }
}
