package io.infrabridge.trust;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;

/**
 * Says in the log and in metrics what became of a configuration file that was changed while the service runs:
 * {@code infrabridge_configuration_reloads_total} and {@code infrabridge_configuration_reload_failures_total}, by file name.
 */
public final class ReloadReport implements Reloading.Listener {
    private static final System.Logger LOG = System.getLogger(ReloadReport.class.getName());

    private final MeterRegistry metrics;

    public ReloadReport(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** Makes the counters of one file exist, so that their first increase is seen as one. */
    public ReloadReport of(Path file) {
        reloads(file);
        failures(file);
        return this;
    }

    @Override
    public void reloaded(Path file) {
        reloads(file).increment();
        LOG.log(System.Logger.Level.INFO, "{0} has changed and is in force", file);
    }

    @Override
    public void refused(Path file, String why) {
        failures(file).increment();
        LOG.log(
                System.Logger.Level.ERROR,
                "{0} has changed and is NOT in force, the one before still is: {1}",
                file,
                why);
    }

    private Counter reloads(Path file) {
        return metrics.counter("infrabridge.configuration.reloads", "file", name(file));
    }

    private Counter failures(Path file) {
        return metrics.counter("infrabridge.configuration.reload.failures", "file", name(file));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
