package io.infrabridge.audit.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.infrabridge.contract.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the answers' JSON the same as that of the messages. */
final class JsonOfTheContract {
    private JsonOfTheContract() {}

    @Produces
    @Singleton
    static ObjectMapper mapper() {
        return Json.mapper();
    }
}
