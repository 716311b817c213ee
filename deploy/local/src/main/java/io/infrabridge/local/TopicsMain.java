package io.infrabridge.local;

import io.infrabridge.contract.Topics;

/** Creates the missing topics on a broker that is not ours, before the services start there. */
final class TopicsMain {
    private TopicsMain() {}

    /** Argument: the bootstrap servers. */
    public static void main(String[] args) throws InterruptedException {
        TopicSetup.createMissing(args[0], Topics.all(Topics.SHIPPED_DOMAINS));
    }
}
