package io.infrabridge.gateway.command;

import com.fasterxml.jackson.databind.node.TextNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.gateway.problem.Nearest;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.PropertyError;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.trust.inventory.Cluster;
import io.infrabridge.trust.inventory.Host;
import io.infrabridge.trust.inventory.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the inventory name of the host or cluster that {@code remote_target} means. */
final class TargetChoice {
    private final Inventory inventory;

    TargetChoice(Inventory inventory) {
        this.inventory = inventory;
    }

    Outcome<String> choose(TargetKind kind, Optional<String> asked) {
        return switch (kind) {
            case HOST -> host(asked);
            case KUBERNETES -> cluster(Cluster.Type.KUBERNETES, asked);
            case DOCKER_SWARM -> cluster(Cluster.Type.DOCKER_SWARM, asked);
        };
    }

    private Outcome<String> host(Optional<String> asked) {
        return inventory.hostName(asked).<Outcome<String>>map(Outcome::passed).orElseGet(() -> {
            List<String> names = new ArrayList<>(List.of(Inventory.LOCALHOST));
            inventory.hosts().stream().map(Host::name).forEach(names::add);
            return Outcome.refused(unknown("host", asked.orElseThrow(), names));
        });
    }

    private Outcome<String> cluster(Cluster.Type type, Optional<String> asked) {
        List<Cluster> clusters = inventory.clusters(type);
        List<String> names = clusters.stream().map(Cluster::name).toList();
        String what = type.name().toLowerCase(Locale.ROOT) + " cluster";
        if (asked.isPresent()) {
            return inventory
                    .cluster(asked.get())
                    .filter(found -> found.type() == type)
                    .map(found -> Outcome.passed(found.name()))
                    .orElseGet(() -> Outcome.refused(unknown(what, asked.get(), names)));
        }
        if (clusters.isEmpty()) {
            return Outcome.refused(Refusal.of(
                    Category.UNKNOWN_TARGET,
                    "The inventory has no " + what + ".",
                    "An administrator can add one to inventory.yaml."));
        }
        List<Cluster> defaults = clusters.stream().filter(Cluster::isDefault).toList();
        List<Cluster> candidates = defaults.isEmpty() ? clusters : defaults;
        return candidates.size() == 1
                ? Outcome.passed(candidates.get(0).name())
                : Outcome.refused(ambiguous(what, names));
    }

    private static Refusal unknown(String what, String asked, List<String> names) {
        String word = asked.length() <= 100 ? asked : asked.substring(0, 100) + "…";
        return Refusal.of(
                Category.UNKNOWN_TARGET,
                "The inventory has no " + what + " " + word + ".",
                names.isEmpty() ? "It has none at all." : "Use one of: " + Nearest.listed(asked, names) + ".",
                error("is not in the inventory", asked, names));
    }

    private static Refusal ambiguous(String what, List<String> names) {
        return Refusal.of(
                Category.AMBIGUOUS_TARGET,
                "There is more than one " + what + " and none is the default.",
                "Say which by remote_target, one of: " + Nearest.listed("", names) + ".",
                error("is needed to choose", "", names));
    }

    private static PropertyError error(String message, String asked, List<String> names) {
        return new PropertyError(
                "/" + OperationRequest.REMOTE_TARGET,
                message,
                names.isEmpty() ? Optional.empty() : Optional.of("one of " + Nearest.listed(asked, names)),
                Nearest.to(asked, names).or(() -> names.stream().findFirst()).map(TextNode::valueOf));
    }
}
