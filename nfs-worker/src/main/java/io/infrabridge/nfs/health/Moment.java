package io.infrabridge.nfs.health;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time of the host's own clock. */
record Moment(Instant at) {
    private static final Pattern DATE = Pattern.compile("^(\\d{9,11})\\.(\\d{9})$");

    static Moment parse(Output date) {
        Matcher fields = DATE.matcher(date.text().strip());
        if (!fields.matches()) {
            throw new UnexpectedOutput("date: " + date.text());
        }
        return new Moment(Instant.ofEpochSecond(Long.parseLong(fields.group(1)), Long.parseLong(fields.group(2))));
    }

    double millisTo(Moment later) {
        return Math.max(0, Duration.between(at, later.at).toNanos() / 1_000_000.0);
    }
}
