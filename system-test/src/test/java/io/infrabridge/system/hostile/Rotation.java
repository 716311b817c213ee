package io.infrabridge.system.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Which payloads are put where: everywhere, or so that every payload and every place has its turns. */
final class Rotation {
    /** Everything at every place, on every way: tens of thousands of requests each. */
    private static final boolean FULL = Boolean.getBoolean("infrabridge.hostile.full");

    /** How many commands wait for their end at once: all of them end long before their deadline. */
    private static final int WAVE = 2000;

    record Turn(Place place, JsonNode payload) {}

    private Rotation() {}

    /**
     * All pairs, or so many places for each payload, moved on by one payload after the other.
     *
     * @param each how many places a payload has
     */
    static List<Turn> of(List<JsonNode> payloads, List<Place> places, int each) {
        List<Turn> turns = new ArrayList<>();
        int next = 0;
        for (JsonNode payload : payloads) {
            for (int i = 0; i < (FULL ? places.size() : each); i++) {
                turns.add(new Turn(places.get(next++ % places.size()), payload));
            }
        }
        return turns;
    }

    static List<List<Turn>> waves(List<Turn> turns) {
        List<List<Turn>> waves = new ArrayList<>();
        for (int from = 0; from < turns.size(); from += WAVE) {
            waves.add(turns.subList(from, Math.min(from + WAVE, turns.size())));
        }
        return waves;
    }

    /** As many payloads as are asked for by hand, from all over the list, or all. */
    static <T> List<T> wanted(List<T> all) {
        int wanted = Math.min(Integer.getInteger("infrabridge.hostile.payloads", all.size()), all.size());
        List<T> some = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            some.add(all.get((int) ((long) i * all.size() / wanted)));
        }
        return some;
    }
}
