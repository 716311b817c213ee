package io.infrabridge.verifier;

import io.infrabridge.contract.AuditCheckpoint;
import io.infrabridge.contract.AuditCheckpoint.Head;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.verifier.Problem.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks a trail as it streams by: records by their numbers, each checkpoint right behind the last record that it testifies of.
 * What it remembers is one record a chain, so that its memory does not grow with the trail.
 */
public final class ChainCheck {
    private final Scope scope;
    private final CheckpointKeys keys;
    private final Map<String, ChainState> chains = new TreeMap<>();
    private Optional<SignedCheckpoint> lastCheckpoint = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private Optional<Gap> gap = Optional.empty();
    private long newest;
    private long records;
    private long checkpoints;

    public ChainCheck(Scope scope, CheckpointKeys keys) {
        this.scope = scope;
        this.keys = keys;
    }

    /** Whether the first problem is certain, so that nothing that follows can tell more of it. */
    public boolean settled() {
        return problem.isPresent();
    }

    public void record(ChainRecord record) {
        if (settled()) {
            return;
        }
        if (gap.isPresent()) {
            lookFor(gap.get(), record);
            return;
        }
        records++;
        newest = Math.max(newest, record.number());
        ChainState state = chains.get(record.chain());
        if (state == null) {
            begin(record);
        } else {
            follow(state, record);
        }
    }

    public void checkpoint(SignedCheckpoint checkpoint) {
        if (settled() || gap.isPresent()) {
            return;
        }
        checkpoints++;
        if (!keys.made(checkpoint)) {
            forged(checkpoint, "its signature is not by the audit service's key");
            return;
        }
        try {
            AuditCheckpoint said = checkpoint.read();
            if (said.number() != checkpoint.number()) {
                forged(checkpoint, "it was signed as checkpoint " + said.number());
            } else if (said.recordNumber() < newest) {
                forged(
                        checkpoint,
                        "it stands behind record " + newest + " but testifies only of what is up to record "
                                + said.recordNumber());
            } else if (inOrder(said, checkpoint)) {
                lastCheckpoint = Optional.of(checkpoint);
                said.heads().forEach(head -> compare(head, Optional.of(said.number())));
            }
        } catch (InvalidContract e) {
            forged(checkpoint, "it cannot be read: " + e.getMessage());
        }
    }

    /** The trail is at its end; {@code heads} is where the one who writes it believes every chain to end. */
    public void end(List<Head> heads) {
        if (scope.toEnd()) {
            heads.forEach(head -> compare(head, Optional.empty()));
        }
        gap.filter(open -> !settled()).ifPresent(open -> problem = Optional.of(open.unresolved()));
    }

    /** The latest checkpoint that was published elsewhere; the trail, once at its end, must have it too. */
    public void published(SignedCheckpoint latest) {
        long known = lastCheckpoint.map(SignedCheckpoint::number).orElse(0L);
        if (settled() || !scope.toEnd()) {
            return;
        }
        if (known < latest.number()) {
            missingCheckpoint(known + 1, "it was published, and is not in the trail");
        } else if (known == latest.number()
                && !lastCheckpoint.map(SignedCheckpoint::hash).equals(Optional.of(latest.hash()))) {
            forged(latest, "what was published under this number says something else");
        }
    }

    /** Something that cannot even be read. */
    public void unreadable(String message) {
        problem = problem.or(() -> gap.map(Gap::unresolved)).or(() -> Optional.of(Problem.unreadable(message)));
    }

    public Verdict verdict() {
        return new Verdict(
                problem.isEmpty() && gap.isEmpty(),
                records,
                checkpoints,
                chains.values().stream().map(ChainState::summary).toList(),
                problem.or(() -> gap.map(Gap::unresolved)));
    }

    private void begin(ChainRecord first) {
        boolean genesis = first.previous().equals(RecordHash.genesis(first.chain(), first.sequence()));
        if (scope.fromStart() && !genesis && first.sequence() > 1) {
            gap = Optional.of(new Gap(first.sequence() - 1, first));
        } else if (!first.isWhole() || scope.fromStart() && !genesis) {
            altered(first);
        } else {
            chains.put(first.chain(), new ChainState(first, genesis));
        }
    }

    private void follow(ChainState state, ChainRecord record) {
        ChainRecord before = state.last();
        long expected = before.sequence() + 1;
        if (record.sequence() > expected) {
            gap = Optional.of(new Gap(expected, record));
        } else if (record.sequence() < expected) {
            found(Kind.INSERTED, record, "its place in the chain is taken by another record");
        } else if (!record.isWhole()) {
            altered(record);
        } else if (!record.previous().equals(before.hash())) {
            // each is whole by itself, so the one before was hashed anew after this one had been chained to it
            found(Kind.ALTERED, before, "it is not the record that the next one was chained to");
        } else {
            state.advance(record);
        }
    }

    private void lookFor(Gap open, ChainRecord record) {
        if (record.chain().equals(open.behind().chain()) && record.sequence() == open.sequence()) {
            found(Kind.REORDERED, record, "it stands behind a record that was recorded after it");
        }
    }

    private boolean inOrder(AuditCheckpoint said, SignedCheckpoint checkpoint) {
        boolean free = lastCheckpoint.isEmpty() && !scope.fromStart();
        long expected = lastCheckpoint.map(SignedCheckpoint::number).orElse(0L) + 1;
        String previous = lastCheckpoint.map(SignedCheckpoint::hash).orElse(AuditCheckpoint.NONE);
        if (free) {
            return true;
        }
        if (said.number() > expected) {
            missingCheckpoint(expected, "checkpoint " + said.number() + " comes in its place");
        } else if (said.number() < expected) {
            forged(checkpoint, "its number is taken by another checkpoint");
        } else if (!said.previous().equals(previous)) {
            forged(checkpoint, "it does not follow the checkpoint before it");
        }
        return !settled();
    }

    private void compare(Head head, Optional<Long> checkpoint) {
        if (settled() || gap.isPresent() || !scope.covers(head.chain())) {
            return;
        }
        String witness = checkpoint.map(number -> "checkpoint " + number).orElse("the end of the chain");
        ChainState state = chains.get(head.chain());
        if (state == null) {
            if (scope.fromStart()) {
                missing(head, 1, checkpoint, witness + " knows " + head.sequence() + " records of this chain");
            }
            return;
        }
        long sequence = state.last().sequence();
        if (sequence < head.sequence()) {
            missing(head, sequence + 1, checkpoint, witness + " knows the chain up to " + head.sequence());
        } else if (sequence > head.sequence()) {
            found(Kind.INSERTED, state.last(), witness + " knows the chain only up to " + head.sequence());
        } else if (!state.last().hash().equals(head.hash())) {
            found(Kind.ALTERED, state.last(), witness + " knows it, or one before it, by another hash");
        } else {
            checkpoint.ifPresent(number -> state.seal(number, head));
        }
    }

    private void altered(ChainRecord record) {
        found(Kind.ALTERED, record, "its columns do not give its hash");
    }

    private void found(Kind kind, ChainRecord record, String message) {
        problem = Optional.of(Problem.of(kind, record, message));
    }

    private void missing(Head head, long sequence, Optional<Long> checkpoint, String message) {
        problem = Optional.of(Problem.at(Kind.MISSING, head.chain(), sequence, checkpoint, message));
    }

    private void forged(SignedCheckpoint checkpoint, String message) {
        problem = Optional.of(Problem.ofCheckpoint(Kind.CHECKPOINT_FORGED, checkpoint.number(), message));
    }

    private void missingCheckpoint(long number, String message) {
        problem = Optional.of(Problem.ofCheckpoint(Kind.CHECKPOINT_MISSING, number, message));
    }

    /**
     * A record is not where it should be; whether it is missing or only out of place shows when it comes later, or never.
     *
     * @param sequence of the record that is not there
     * @param behind the record that came instead
     */
    private record Gap(long sequence, ChainRecord behind) {
        Problem unresolved() {
            return behind.isWhole()
                    ? Problem.at(
                            Kind.MISSING,
                            behind.chain(),
                            sequence,
                            Optional.empty(),
                            "sequence " + behind.sequence() + " (record " + behind.number() + ") comes in its place")
                    : Problem.of(
                            Kind.ALTERED,
                            behind,
                            "its columns do not give its hash, and sequence " + sequence + " is expected in its place");
        }
    }
}
