package io.infrabridge.local;

/** One process of a part; a worker can have two, which share its key and divide its partitions. */
record Instance(Part part, boolean second) {
    /** How far the second one's port is from the first one's. */
    private static final int PORTS_APART = 10;

    static Instance of(Part part) {
        return new Instance(part, false);
    }

    static Instance secondOf(Part part) {
        return new Instance(part, true);
    }

    /** Its name at the terminal and of its log. */
    String title() {
        return second ? part.title() + "-2" : part.title();
    }

    int port(Ports ports) {
        return ports.of(part) + (second ? PORTS_APART : 0);
    }
}
