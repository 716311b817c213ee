package io.infrabridge.runtime.catalogue;

import io.infrabridge.contract.CatalogueAnnouncement;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.runtime.operation.Operation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Programs;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The operations of one worker, by tool and action, and their description for others. */
public final class OperationCatalogue {
    private final Map<String, Operation<?, ?, ?>> operations = new LinkedHashMap<>();
    private final List<OperationDescriptor> descriptors;
    private final String digest;

    public OperationCatalogue(Iterable<? extends Operation<?, ?, ?>> all) {
        Schemas schemas = new Schemas();
        List<OperationDescriptor> described = new ArrayList<>();
        for (Operation<?, ?, ?> operation : all) {
            OperationSpec<?, ?> spec = operation.spec();
            if (operations.put(key(spec.tool(), spec.action()), operation) != null) {
                throw new IllegalStateException("two operations for " + spec.tool() + " " + spec.action());
            }
            described.add(describe(spec, schemas));
        }
        described.sort(Comparator.comparing(OperationDescriptor::tool).thenComparing(OperationDescriptor::action));
        descriptors = List.copyOf(described);
        PropertyTypes.requireOneTypeEach(descriptors);
        digest = digest(Json.bytes(descriptors));
    }

    public Optional<Operation<?, ?, ?>> find(String tool, String action) {
        return Optional.ofNullable(operations.get(key(tool, action)));
    }

    public List<OperationDescriptor> descriptors() {
        return descriptors;
    }

    /** Changes whenever any descriptor does. */
    public String digest() {
        return digest;
    }

    /** Every program that some operation declares. */
    public Set<String> programs() {
        Set<String> programs = new TreeSet<>();
        operations
                .values()
                .forEach(operation -> programs.addAll(operation.spec().programs()));
        return programs;
    }

    /** What each operation may run. */
    public List<Programs> allowances() {
        return operations.values().stream()
                .map(operation -> operation.spec().allowance())
                .toList();
    }

    public CatalogueAnnouncement announcement(Domain domain, String worker, String version, Instant at) {
        return new CatalogueAnnouncement(domain, worker, version, digest, descriptors, at);
    }

    private static OperationDescriptor describe(OperationSpec<?, ?> spec, Schemas schemas) {
        return new OperationDescriptor(
                spec.tool(),
                spec.action(),
                spec.selectors(),
                spec.risk(),
                spec.converges(),
                spec.targetKind(),
                spec.toolSummary(),
                spec.summary(),
                schemas.input(spec),
                schemas.output(spec.output()),
                spec.programs(),
                (int) spec.timeout().toSeconds());
    }

    private static String key(String tool, String action) {
        return tool + "/" + action;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
