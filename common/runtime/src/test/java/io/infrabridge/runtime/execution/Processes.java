package io.infrabridge.runtime.execution;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Finds processes of this machine by a word on their command lines. */
public final class Processes {
    private Processes() {}

    /** A number of seconds to sleep that no other test uses. */
    public static String uniqueSeconds() {
        return "9" + ThreadLocalRandom.current().nextLong(100_000_000L, 999_999_999L);
    }

    public static long with(String word) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(java.util.Arrays::stream)
                        .anyMatch(argument -> argument.contains(word)))
                .filter(ProcessHandle::isAlive)
                .count();
    }

    public static void awaitNone(String word) throws InterruptedException {
        await(() -> with(word) == 0);
    }

    public static void awaitSome(String word) throws InterruptedException {
        await(() -> with(word) > 0);
    }

    public static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        await(condition, Duration.ofSeconds(15));
    }

    public static void await(java.util.function.BooleanSupplier condition, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen within " + limit);
            }
            Thread.sleep(20);
        }
    }

    public static void killAll(String word) {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(java.util.Arrays::stream)
                        .anyMatch(argument -> argument.contains(word)))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
