package io.infrabridge.nfs;

import java.util.List;

/** Where the tests let shares be mounted. */
public final class Roots {
    public static final NfsSettings USUAL = () -> List.of("/mnt", "/srv");

    private Roots() {}
}
