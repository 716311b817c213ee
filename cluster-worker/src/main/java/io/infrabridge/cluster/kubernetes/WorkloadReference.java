package io.infrabridge.cluster.kubernetes;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.WorkloadName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A workload as a caller names it, and what the looks for it, one a kind, found. */
record WorkloadReference(String name, List<WorkloadKind> kinds) {
    static WorkloadReference of(WorkloadName given) {
        String[] parts = given.value().split("/");
        List<WorkloadKind> kinds = Arrays.stream(WorkloadKind.values())
                .filter(kind -> parts.length == 1 || kind.prefix().equals(parts[0]))
                .toList();
        return new WorkloadReference(parts[parts.length - 1], kinds);
    }

    /** What can be scaled among what was found. */
    List<FoundWorkload> scalable(Probed probed) {
        return found(probed).stream().filter(one -> one.kind().scalable()).toList();
    }

    /** Why there is not exactly one to scale. */
    Optional<Plan> refusal(Probed probed) {
        List<FoundWorkload> scalable = scalable(probed);
        if (scalable.size() == 1) {
            return Optional.empty();
        }
        if (scalable.size() > 1) {
            return Optional.of(Plan.refuse(
                    Category.INVALID_ARGUMENT,
                    "There is more than one " + name + ".",
                    "Give workload_name as "
                            + scalable.stream()
                                    .map(one -> one.workload().reference())
                                    .collect(Collectors.joining(" or "))
                            + "."));
        }
        if (!found(probed).isEmpty()) {
            return Optional.of(Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    name + " is a DaemonSet: it has one pod on every node that it selects and cannot be scaled.",
                    "Change its node selector, or the number of nodes."));
        }
        List<ApiAnswer> answers = ApiAnswer.all(probed);
        return Optional.of(answers.stream()
                .filter(ApiAnswer::forbidden)
                .findFirst()
                .flatMap(ApiAnswer::refusal)
                .orElseGet(() -> Plan.refuse(
                        Category.NOT_FOUND,
                        answers.get(0).message() + ".",
                        "Look with action workloads; a workload outside the default namespace needs namespace.")));
    }

    private List<FoundWorkload> found(Probed probed) {
        List<ApiAnswer> answers = ApiAnswer.all(probed);
        List<FoundWorkload> found = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            if (answers.get(i).found()) {
                found.add(new FoundWorkload(kinds.get(i), answers.get(i).json()));
            }
        }
        return found;
    }
}
