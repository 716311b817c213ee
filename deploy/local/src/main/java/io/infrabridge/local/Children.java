package io.infrabridge.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The processes of this start; once stopping has begun, no other is started. */
final class Children {
    private static final long STOP_SECONDS = 10;

    private final PidFile pids;
    private final List<Child> children = new ArrayList<>();
    private boolean stopping;

    Children(PidFile pids) {
        this.pids = pids;
    }

    synchronized Child start(Instance instance, ProcessBuilder builder, Path log) throws IOException {
        if (stopping) {
            throw new IOException("stopped before " + instance.title() + " was started");
        }
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = ProcessParent.start(builder);
        return watch(new Child(instance, process, log, process::destroy));
    }

    /** Takes in a process that was started elsewhere. */
    synchronized Child watch(Child child) throws IOException {
        if (stopping) {
            child.stop().run();
            throw new IOException("stopped while " + child.title() + " was being started");
        }
        children.add(child);
        pids.add(child.process().toHandle(), child.title());
        return child;
    }

    /** What has ended need not be stopped any more. */
    synchronized void forget(Child child) {
        children.remove(child);
    }

    /** Returns when stopping has begun. */
    synchronized void awaitStop() throws InterruptedException {
        while (!stopping) {
            wait();
        }
    }

    /** Returns as soon as one has ended, whichever it is. */
    Child awaitFirstEnd() throws InterruptedException {
        List<Child> all = all();
        CompletableFuture<?>[] ends =
                all.stream().map(child -> child.process().onExit()).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.anyOf(ends).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return all.stream()
                .filter(child -> !child.process().isAlive())
                .findFirst()
                .orElseThrow();
    }

    synchronized boolean stopping() {
        return stopping;
    }

    void requireAlive() {
        for (Child child : all()) {
            if (!child.process().isAlive()) {
                throw child.ended();
            }
        }
    }

    /** Asks group after group to end, and kills what has not ended in time. */
    void stopAll() {
        List<Child> all;
        synchronized (this) {
            stopping = true;
            notifyAll();
            all = List.copyOf(children);
        }
        for (Set<Part> group : Part.stopOrder()) {
            List<Child> members = all.stream()
                    .filter(child -> group.contains(child.instance().part()))
                    .toList();
            members.forEach(child -> child.stop().run());
            members.forEach(child -> awaitEnd(child.process()));
        }
        pids.clear();
    }

    private synchronized List<Child> all() {
        return List.copyOf(children);
    }

    private static void awaitEnd(Process process) {
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
