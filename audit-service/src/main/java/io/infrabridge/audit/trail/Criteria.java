package io.infrabridge.audit.trail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Conditions on records or operations, all of which must hold; values travel as parameters, never as text of the query. */
public final class Criteria {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    public Criteria equal(String attribute, Object value) {
        return add(attribute, "=", value);
    }

    public Criteria atLeast(String attribute, Object value) {
        return add(attribute, ">=", value);
    }

    public Criteria below(String attribute, Object value) {
        return add(attribute, "<", value);
    }

    /** Whether the attribute must have a value, or must not. */
    public Criteria given(String attribute, boolean wanted) {
        conditions.add(attribute + (wanted ? " is not null" : " is null"));
        return this;
    }

    private Criteria add(String attribute, String comparison, Object value) {
        String name = "p" + parameters.size();
        conditions.add(attribute + " " + comparison + " :" + name);
        parameters.put(name, value);
        return this;
    }

    String where() {
        return conditions.isEmpty() ? "1 = 1" : String.join(" and ", conditions);
    }

    Map<String, Object> parameters() {
        return Map.copyOf(parameters);
    }
}
