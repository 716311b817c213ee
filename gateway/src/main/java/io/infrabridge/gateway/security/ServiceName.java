package io.infrabridge.gateway.security;

/** The name under which this service signs and issues. */
public final class ServiceName {
    public static final String GATEWAY = "gateway";

    private ServiceName() {}
}
