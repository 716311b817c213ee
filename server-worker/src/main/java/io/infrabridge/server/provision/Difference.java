package io.infrabridge.server.provision;

/**
 * One thing that is, or was, not as it is wanted.
 *
 * @param section the part of the configuration: packages, files …
 * @param subject which one of it
 * @param from how it is before
 * @param to how it is wanted
 */
record Difference(String section, String subject, String from, String to) {}
