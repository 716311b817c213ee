package io.infrabridge.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.Risk;
import io.infrabridge.trust.policy.Access;
import io.infrabridge.trust.policy.Decision;
import io.infrabridge.trust.policy.Policy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every role of the shipped policy against every action that a worker offers. */
public final class ShippedRoles {
    private static final Policy POLICY = Policy.read(Path.of("../config/policy.yaml"));
    private static final Map<String, Set<Risk>> MAY = Map.of(
            "reader", Set.of(Risk.READ),
            "operator", Set.of(Risk.READ, Risk.CHANGE),
            "admin", Set.of(Risk.READ, Risk.CHANGE, Risk.DESTRUCTIVE),
            "unheard-of", Set.of());

    private ShippedRoles() {}

    public static void check(List<OperationDescriptor> actions) {
        assertThat(actions).isNotEmpty();
        actions.forEach(action -> MAY.forEach((role, risks) -> {
            Decision decision = POLICY.decide(new Access(
                    "key:x",
                    Set.of(role),
                    action.tool(),
                    action.action(),
                    action.risk(),
                    "app1",
                    Map.of(),
                    Instant.EPOCH));
            String what = role + " " + action.tool() + " " + action.action() + " " + action.risk();
            assertThat(decision.allowed()).as(what).isEqualTo(risks.contains(action.risk()));
            if (decision instanceof Decision.Allowed allowed) {
                assertThat(allowed.approval().isPresent())
                        .as(what + " waits for approval")
                        .isEqualTo(action.risk() == Risk.DESTRUCTIVE);
            }
        }));
    }
}
