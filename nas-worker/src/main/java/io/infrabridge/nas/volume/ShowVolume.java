package io.infrabridge.nas.volume;

import io.infrabridge.contract.Selector;
import io.infrabridge.exports.Export;
import io.infrabridge.exports.ExportTable;
import io.infrabridge.nas.NasSettings;
import io.infrabridge.nas.NasTools;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.value.PoolName;
import io.infrabridge.runtime.value.VolumeName;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is known of one volume, with what is exported from it over NFS. */
@Singleton
final class ShowVolume implements HostOperation<ShowVolume.Input, ShowVolume.Details> {
    private final Storage storage;

    ShowVolume(NasSettings settings) {
        storage = new Storage(settings.btrfsPoolPaths());
    }

    @Override
    public OperationSpec<Input, Details> spec() {
        List<String> programs = new ArrayList<>(Storage.PROGRAMS);
        programs.addAll(List.of("exportfs", "grep"));
        return OperationSpec.read(
                        NasTools.VOLUME,
                        "Everything about one volume: size, snapshots, properties, exports",
                        Input.class,
                        Details.class,
                        Selector.of("action", "details"))
                .running(programs.toArray(String[]::new))
                .runningAsRoot(storage.asRoot())
                .runningAsRoot(ExportTable.AS_ROOT);
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        List<Run> runs = new ArrayList<>(storage.look());
        runs.add(ExportTable.active());
        runs.add(ExportTable.configured());
        return Plan.of(runs);
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        return storage.read(before).whyNotOne(in.name(), in.pool()).orElse(Plan.nothing());
    }

    @Override
    public Details parse(Input in, Outputs out) {
        Storage.Contents contents = storage.read(out.before());
        Volume volume = contents.one(in.name(), in.pool());
        List<Export> exports = ExportTable.parse(
                out.before().get(storage.looks()), out.before().get(storage.looks() + 1));
        return Details.of(volume, contents.snapshotsOf(volume).size(), exports);
    }

    record Input(VolumeName name, Optional<PoolName> pool) {}

    /** One property, in its keeper's words. */
    record Property(String name, String value) {}

    /**
     * One volume.
     *
     * @param snapshots how many there are of it
     * @param compression absent where there is none, or none can be
     * @param exports what is exported of its files, the volume itself or a directory in it
     */
    record Details(
            String name,
            String pool,
            StorageKind kind,
            Optional<String> filesystem,
            Optional<Double> sizeGb,
            Optional<Double> usedGb,
            Optional<String> mountPoint,
            Optional<Instant> created,
            int snapshots,
            Optional<String> compression,
            List<Property> properties,
            List<Export> exports) {
        private static final String COMPRESSION = "compression";

        Details {
            properties = List.copyOf(properties);
            exports = List.copyOf(exports);
        }

        static Details of(Volume volume, int snapshots, List<Export> exports) {
            return new Details(
                    volume.name(),
                    volume.pool(),
                    volume.kind(),
                    volume.filesystem(),
                    volume.sizeBytes().map(Gigabytes::of),
                    volume.usedBytes().map(Gigabytes::of),
                    volume.path(),
                    volume.created(),
                    snapshots,
                    Optional.ofNullable(volume.properties().get(COMPRESSION)).filter(how -> !how.equals("off")),
                    volume.properties().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(entry -> new Property(entry.getKey(), entry.getValue()))
                            .toList(),
                    exports.stream()
                            .filter(export ->
                                    volume.path().filter(export::under).isPresent())
                            .toList());
        }
    }
}
