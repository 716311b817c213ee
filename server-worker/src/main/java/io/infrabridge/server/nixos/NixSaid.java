package io.infrabridge.server.nixos;

/** Why nix would not do something, of all that it says then. */
public final class NixSaid {
    private static final int MOST_LINES = 100;
    private static final String ERROR = "error:";

    private NixSaid() {}

    /** The innermost error stands last. */
    public static String innermost(String error) {
        return error.lines()
                .limit(MOST_LINES)
                .map(String::strip)
                .filter(line -> line.startsWith(ERROR) && line.length() > ERROR.length())
                .reduce((outer, inner) -> inner)
                .orElse(error.strip());
    }
}
