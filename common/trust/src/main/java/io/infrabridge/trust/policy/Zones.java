package io.infrabridge.trust.policy;

/** How the policy file says where a local time or a day is meant. */
final class Zones {
    static final String FORM = "a time zone, such as Europe/Berlin or UTC";

    private Zones() {}
}
