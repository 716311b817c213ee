package io.infrabridge.server.nixos;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import java.util.List;
import java.util.stream.Stream;

/** What the looks of {@link NixosHost} answer on hosts in one state or another. */
public final class NixosOutputs {
    static final Output ABSENT = Output.failed(1, "cat: X: No such file or directory\n");
    static final Output MODULE = Output.of(NixosFiles.MODULE_TEXT);
    static final Output IMPORTING = Output.of("{ imports = [ ./hardware-configuration.nix ./infrabridge.nix ]; }");
    static final Output THIRD = Captured.output("find-system-profiles");

    private NixosOutputs() {}

    /** The running system was built from this. */
    public static List<Output> running(Declared declared) {
        return running(declared, THIRD);
    }

    static List<Output> running(Declared declared, Output generations) {
        Output text = Output.of(declared.text());
        return List.of(text, MODULE, IMPORTING, text, generations);
    }

    /** The module is there and nothing was declared yet; more looks follow. */
    public static List<Output> untouched(Output... more) {
        return and(List.of(ABSENT, MODULE, IMPORTING, ABSENT, THIRD), more);
    }

    /** Nobody has put the module there. */
    public static List<Output> without(Output... more) {
        return and(List.of(ABSENT, ABSENT, Output.of("{ }"), ABSENT, THIRD), more);
    }

    private static List<Output> and(List<Output> looks, Output... more) {
        return Stream.concat(looks.stream(), Stream.of(more)).toList();
    }
}
