package io.infrabridge.cluster.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;

/** The kinds of objects that keep pods running. */
enum WorkloadKind {
    @JsonProperty("Deployment")
    DEPLOYMENT("Deployment"),
    @JsonProperty("StatefulSet")
    STATEFUL_SET("StatefulSet"),
    @JsonProperty("DaemonSet")
    DAEMON_SET("DaemonSet");

    private final String word;

    WorkloadKind(String word) {
        this.word = word;
    }

    /** The kind as the API writes it. */
    String word() {
        return word;
    }

    /** The kind as it is written before a name, such as {@code deployment/web}. */
    String prefix() {
        return word.toLowerCase(Locale.ROOT);
    }

    String plural() {
        return prefix() + "s";
    }

    /** A DaemonSet has as many pods as there are nodes for it. */
    boolean scalable() {
        return this != DAEMON_SET;
    }

    /** The list of one namespace, or of all. */
    String collection(Optional<String> namespace) {
        return "/apis/apps/v1/"
                + namespace.map(name -> "namespaces/" + name + "/").orElse("") + plural();
    }

    String object(String namespace, String name) {
        return collection(Optional.of(namespace)) + "/" + name;
    }
}
