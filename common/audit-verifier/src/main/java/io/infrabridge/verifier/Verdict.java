package io.infrabridge.verifier;

import java.util.List;
import java.util.Optional;

/** What came of a check; the chains are told as far as they were read. */
public record Verdict(
        boolean verified, long records, long checkpoints, List<CheckedChain> chains, Optional<Problem> firstProblem) {
    /**
     * One chain as far as it was read.
     *
     * @param from the first sequence that was checked
     * @param to the last one
     * @param head the hash of the last one
     * @param anchored whether its beginning is proven; false where a part was checked, which begins with what it is given
     * @param checkpoint the last checkpoint that testifies of it
     * @param sealed the sequence up to which that checkpoint does
     */
    public record CheckedChain(
            String chain,
            long from,
            long to,
            String head,
            boolean anchored,
            Optional<Long> checkpoint,
            Optional<Long> sealed) {}
}
