package io.infrabridge.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where each part listens; always on 127.0.0.1. */
record Ports(Map<Part, Integer> numbers) {
    static final String HOST = "127.0.0.1";

    Ports {
        numbers = Map.copyOf(numbers);
        Map<Integer, Part> taken = new HashMap<>();
        for (Part part : Part.values()) {
            int number = numbers.get(part);
            if (number < 1 || number > 65535) {
                throw new StartFailure(StartFailure.USAGE, "%s %d is not a port".formatted(part.portOption(), number));
            }
            Part other = taken.put(number, part);
            if (other != null) {
                throw new StartFailure(
                        StartFailure.USAGE,
                        "%s and %s both have port %d".formatted(other.title(), part.title(), number));
            }
        }
    }

    static Ports of(Map<Part, Integer> chosen, int offset) {
        Map<Part, Integer> numbers = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            numbers.put(part, chosen.getOrDefault(part, part.defaultPort() + offset));
        }
        return new Ports(numbers);
    }

    int of(Part part) {
        return numbers.get(part);
    }

    String address(Instance instance) {
        String address = HOST + ":" + instance.port(this);
        return Part.SERVICES.contains(instance.part()) ? "http://" + address : address;
    }

    /** The address as people write it: a URL for what speaks HTTP. */
    String address(Part part) {
        return address(Instance.of(part));
    }

    /** Asked before anything starts, because a late conflict would show only in some service's log. */
    Optional<StartFailure> firstInUse(Collection<Instance> instances) {
        return instances.stream()
                .filter(instance -> !isFree(instance.port(this)))
                .findFirst()
                .map(this::inUse);
    }

    private StartFailure inUse(Instance instance) {
        return new StartFailure(
                StartFailure.USAGE,
                "%s: port %d is in use; choose another with %s N, or move all with --port-offset N"
                        .formatted(
                                instance.title(),
                                instance.port(this),
                                instance.part().portOption()));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
