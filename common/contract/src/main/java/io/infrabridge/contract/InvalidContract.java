package io.infrabridge.contract;

/** A message that does not keep the contract; names the property and what is wrong with it. */
public final class InvalidContract extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String property;

    public InvalidContract(String property, String problem) {
        super(property + " " + problem);
        this.property = property;
    }

    public String property() {
        return property;
    }
}
