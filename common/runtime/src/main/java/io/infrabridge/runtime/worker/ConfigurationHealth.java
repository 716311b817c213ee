package io.infrabridge.runtime.worker;

import io.infrabridge.contract.EventType;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.Topics;
import io.infrabridge.trust.Reloading;
import io.infrabridge.trust.inventory.Inventory;
import io.opentelemetry.context.Context;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Tells everybody, as a health event of kind {@code configuration}, that a changed file is not in force, or is again. */
final class ConfigurationHealth implements Reloading.Listener {
    private static final Logger LOG = Logger.getLogger(ConfigurationHealth.class);
    private static final int LONGEST_ISSUE = 1000;

    private final Reloading.Listener report;
    private final Publisher publisher;
    private final String worker;
    private final Clock clock;

    /**
     * @param report hears of it too
     */
    ConfigurationHealth(Reloading.Listener report, Publisher publisher, String worker, Clock clock) {
        this.report = report;
        this.publisher = publisher;
        this.worker = worker;
        this.clock = clock;
    }

    @Override
    public void reloaded(Path file) {
        report.reloaded(file);
        tell(file, HealthEvent.Status.HEALTHY, List.of());
    }

    @Override
    public void refused(Path file, String why) {
        report.refused(file, why);
        String issue = why.length() <= LONGEST_ISSUE ? why : why.substring(0, LONGEST_ISSUE);
        tell(file, HealthEvent.Status.DEGRADED, List.of("not in force, the one before still is: " + issue));
    }

    private void tell(Path file, HealthEvent.Status status, List<String> issues) {
        String name = String.valueOf(file.getFileName());
        HealthEvent event = new HealthEvent(
                UUID.randomUUID().toString(),
                "configuration",
                name,
                Inventory.LOCALHOST,
                status,
                issues,
                worker,
                clock.instant());
        publisher
                .publish(Topics.HEALTH, event.target(), event.id(), EventType.HEALTH, event, Context.root())
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("health of %s was not published: %s", name, failure));
    }
}
