package io.infrabridge.system.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Which payloads are put where: everywhere, or so that every payload and every place has its turns. */
final class Rotation {
    /** Everything at every place, on every way: tens of thousands of requests each. */
    private static final boolean FULL = Boolean.getBoolean("infrabridge.hostile.full");

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
}
