package io.infrabridge.audit.trail;

import java.util.List;
import java.util.Optional;

/**
 * One page of an answer, newest first.
 *
 * @param next where the next page begins: everything below this number; absent on the last page
 */
public record Page<T>(List<T> items, Optional<Long> next) {
    /** What one page may weigh, so that large records cannot exhaust this service or its caller. */
    private static final long HEAVIEST = 4L << 20;

    public Page {
        items = List.copyOf(items);
    }

    /** How many of these a page takes: at most the limit, fewer when they would be too heavy, but always one. */
    static int count(List<Integer> sizes, int limit) {
        long weight = 0;
        int count = 0;
        while (count < Math.min(limit, sizes.size())) {
            weight += sizes.get(count);
            if (count > 0 && weight > HEAVIEST) {
                break;
            }
            count++;
        }
        return count;
    }
}
