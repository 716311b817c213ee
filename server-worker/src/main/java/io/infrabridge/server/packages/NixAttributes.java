package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AttributePath;
import io.infrabridge.server.nixos.NixSaid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What nixpkgs says of packages by their attribute paths; see nix-instantiate(1). Nothing is built for it. */
final class NixAttributes {
    private static final String PACKAGE = "derivation";
    private static final Pattern MISSING =
            Pattern.compile("attribute '([^']{1,200})' in selection path '([^']{1,300})' not found");
    /** The first hyphen that no letter follows ends the name; see builtins.parseDrvName. */
    static final Pattern VERSION = Pattern.compile("-([^a-zA-Z].*)$");

    private NixAttributes() {}

    static Run ask(List<AttributePath> names) {
        List<String> argv = new ArrayList<>(List.of("nix-instantiate", "--eval", "--strict", "--json"));
        for (AttributePath name : names) {
            argv.addAll(List.of("-A", name + ".type", "-A", name + ".name"));
        }
        argv.add("<nixpkgs>");
        return Run.of("Ask nix for the packages", argv)
                .within(Duration.ofMinutes(2))
                .accepting(0, 1);
    }

    /** Why these cannot be installed, where nix knows one of them not, or not as a package. */
    static Optional<Failure> failure(Output asked) {
        if (asked.succeeded()) {
            return Optional.empty();
        }
        Matcher missing = MISSING.matcher(asked.error());
        if (missing.find()) {
            String name = missing.group(2).replaceAll("\\.(type|name)$", "");
            return Optional.of(
                    Failure.of(
                            Category.NOT_FOUND,
                            "nixpkgs has no package " + name + ".",
                            "On NixOS packages are named by attribute path; search for it (operation=package, action=search)."));
        }
        if (asked.error().contains("'nixpkgs' was not found in the Nix search path")) {
            return Optional.of(Failure.of(
                    Category.PRECONDITION_FAILED,
                    "The account that is logged in to has no <nixpkgs> in its Nix search path.",
                    "Give it a channel or NIX_PATH on the host, as NixOS does for every login."));
        }
        return Optional.of(Failure.of(
                Category.PRECONDITION_FAILED,
                "nix would not take it: " + NixSaid.innermost(asked.error()),
                "The package may have been renamed, or not be allowed by the host's nixpkgs configuration."));
    }

    /** The version of each, in the order in which they were asked for; none where nix did not know them all. */
    static Map<AttributePath, String> versions(List<AttributePath> names, Output asked) {
        if (!asked.succeeded()) {
            return Map.of();
        }
        String[] texts = asked.text().strip().replaceAll("\"\\s*\"", "\"\"").split("\"\"", -1);
        if (texts.length != 2 * names.size() || asked.truncated()) {
            throw new UnexpectedOutput("nix-instantiate: " + asked.text());
        }
        Map<AttributePath, String> versions = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (!texts[2 * i].replace("\"", "").equals(PACKAGE)) {
                throw new UnexpectedOutput("nix-instantiate: no package but " + texts[2 * i]);
            }
            Matcher version = VERSION.matcher(texts[2 * i + 1].replace("\"", ""));
            if (version.find()) {
                versions.put(names.get(i), version.group(1));
            }
        }
        return versions;
    }
}
