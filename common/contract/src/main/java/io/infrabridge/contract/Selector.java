package io.infrabridge.contract;

/**
 * One argument whose value chooses the action of a tool, such as {@code operation=package}.
 *
 * @param optional whether a caller may leave it out, so that this action is the default
 */
public record Selector(String property, String value, boolean optional) {
    public Selector {
        Require.id(property, "property");
        Require.id(value, "value");
    }

    public static Selector of(String property, String value) {
        return new Selector(property, value, false);
    }

    /** The action that is meant when the caller leaves the property out. */
    public static Selector byDefault(String property, String value) {
        return new Selector(property, value, true);
    }
}
