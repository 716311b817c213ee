package io.infrabridge.server.provision;

import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.server.nixos.Declaration;
import io.infrabridge.server.nixos.DeclaredPart;
import io.infrabridge.server.nixos.NixosHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** All that is declared on a NixOS host, of whichever sections of the configuration: it is built by one rebuild, and taken back by one. */
record DeclaredSection(List<Named> parts) implements Section {
    /** By somebody, or by a change that failed: the next build would bring it along. */
    private static final Change NEVER_BUILT =
            Change.of("declared", "what is declared", "written and never built", "what runs");

    DeclaredSection {
        parts = List.copyOf(parts);
    }

    /**
     * One of them.
     *
     * @param section of the configuration
     * @param changes how the host differs from it; asked only where something has to be done
     */
    record Named(String section, DeclaredPart part, Function<Probed, List<Change>> changes) {
        /** Each deviation is a change of one line. */
        Named(String section, DeclaredPart part) {
            this(
                    section,
                    part,
                    seen -> part.deviations().apply(seen).stream()
                            .map(each -> Change.of(section, each.subject(), each.from(), each.to()))
                            .toList());
        }

        private Plan looks() {
            return part.looks().refusal().map(this::refused).orElse(part.looks());
        }

        private Declaration declaration(Probed seen) {
            Declaration declaration = part.declaration().apply(seen);
            return declaration
                    .refusal()
                    .flatMap(failure -> refused(failure).refusal())
                    .map(Declaration::refused)
                    .orElse(declaration);
        }

        /** By all that is refused it shall be seen which section is meant. */
        private Plan refused(Failure failure) {
            return failure.message().startsWith(section + ":")
                    ? new Plan(List.of(), Optional.of(failure))
                    : Plan.refuse(failure.category(), section + ": " + failure.message(), failure.hint());
        }
    }

    @Override
    public Plan probe() {
        return looks().first();
    }

    @Override
    public List<Step> further(Probed seen) {
        return looks().further(seen);
    }

    @Override
    public List<Change> changes(Probed seen) {
        NixosHost host = NixosHost.seen(seen);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Probed own = own(seen, i);
            if (parts.get(i).declaration(own).differs(host)) {
                changes.addAll(parts.get(i).changes().apply(own));
            }
        }
        return changes.isEmpty() && declaration(seen).builds(host) ? List.of(NEVER_BUILT) : changes;
    }

    @Override
    public Plan plan(Probed seen, boolean moreComing) {
        return declaration(seen).build(NixosHost.seen(seen), 0);
    }

    @Override
    public List<Step> last(Probed seen) {
        return declaration(seen).last(NixosHost.seen(seen));
    }

    /** Of all parts, each of which takes back by what it has seen itself. */
    private Declaration declaration(Probed seen) {
        Declaration all = Declaration.nothing();
        for (int i = 0; i < parts.size(); i++) {
            int part = i;
            all = all.and(parts.get(i).declaration(own(seen, i)).within(whole -> own(whole, part)));
        }
        return all;
    }

    private Probed own(Probed seen, int part) {
        return looks().slices(seen).get(part + 1);
    }

    /** The host's own come first, so that they are found there. */
    private SharedLooks looks() {
        SharedLooks.Looker host = new SharedLooks.Looker(Plan.of(NixosHost.looks()), seen -> List.of());
        return new SharedLooks(Stream.concat(
                        Stream.of(host),
                        parts.stream()
                                .map(each -> new SharedLooks.Looker(
                                        each.looks(),
                                        seen -> each.part()
                                                .further()
                                                .apply(seen)
                                                .steps())))
                .toList());
    }
}
