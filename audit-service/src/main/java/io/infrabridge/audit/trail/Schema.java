package io.infrabridge.audit.trail;

import jakarta.enterprise.context.ApplicationScoped;
import org.flywaydb.core.Flyway;

/** The tables of the trail; made here and not at start, because PostgreSQL may come later than this service. */
@ApplicationScoped
class Schema {
    private final Flyway flyway;

    Schema(Flyway flyway) {
        this.flyway = flyway;
    }

    void migrate() {
        flyway.migrate();
    }
}
