package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a workload in a cluster, with its kind in front where the name alone could mean two. */
@Text(
        pattern = "^((deployment|statefulset|daemonset)/)?" + Patterns.SUBDOMAIN + "$",
        longest = 265,
        expected = "the name of a workload, after deployment/ or statefulset/ where it must be told apart",
        example = "web-api")
public record WorkloadName(@JsonValue String value) {
    @JsonCreator
    public WorkloadName {
        Form.check(WorkloadName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
