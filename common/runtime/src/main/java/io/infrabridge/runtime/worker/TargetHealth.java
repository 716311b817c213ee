package io.infrabridge.runtime.worker;

import io.infrabridge.contract.EventType;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.HealthEvent.Status;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.disclosure.Disclosure;
import io.infrabridge.runtime.execution.HostHealth;
import io.infrabridge.trust.inventory.Host;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Tells everybody when a target has become reachable or unreachable, and when a host is left alone for a while. */
@Singleton
final class TargetHealth implements HostHealth {
    private static final Logger LOG = Logger.getLogger(TargetHealth.class);
    private static final String HOST = "host";

    private final MeterRegistry metrics;
    private final Map<String, Status> known = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> givenUp = new ConcurrentHashMap<>();
    private volatile Optional<Reporter> reporter = Optional.empty();

    TargetHealth(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void publishBy(Publisher publisher, String worker, Clock clock) {
        reporter = Optional.of(new Reporter(publisher, worker, clock));
    }

    /** The first success of a target that was never away is no news, and nothing is twice. */
    void seen(String kind, String target, Status now, List<String> issues, Context trace) {
        Status before = known.put(target, now);
        boolean news = before == null ? now != Status.HEALTHY : before != now;
        if (news) {
            reporter.ifPresent(open -> open.publish(kind, target, now, issues, trace));
        }
    }

    @Override
    public void givenUp(Host host, String why) {
        LOG.warnf("%s", why);
        gauge(host).set(1);
        metrics.counter("infrabridge.host.breaker.openings", HOST, host.name()).increment();
        known.put(host.name(), Status.FAILED);
        reporter.ifPresent(open -> open.publish(HOST, host.name(), Status.FAILED, List.of(why), Context.current()));
    }

    @Override
    public void answersAgain(Host host) {
        LOG.infof("The host %s answers again", host.name());
        gauge(host).set(0);
        seen(HOST, host.name(), Status.HEALTHY, List.of(), Context.current());
    }

    private AtomicInteger gauge(Host host) {
        return givenUp.computeIfAbsent(
                host.name(),
                name -> metrics.gauge(
                        "infrabridge.host.breaker.open", List.of(Tag.of(HOST, name)), new AtomicInteger()));
    }

    /** Who reports, and how. */
    private record Reporter(Publisher publisher, String worker, Clock clock) {
        void publish(String kind, String target, Status status, List<String> issues, Context trace) {
            List<String> told =
                    issues.stream().map(issue -> Disclosure.usual().text(issue)).toList();
            HealthEvent event = new HealthEvent(
                    UUID.randomUUID().toString(), kind, target, target, status, told, worker, clock.instant());
            publisher
                    .publish(Topics.HEALTH, target, event.id(), EventType.HEALTH, event, trace)
                    .subscribe()
                    .with(done -> {}, failure -> LOG.warnf("health of %s was not published: %s", target, failure));
        }
    }
}
