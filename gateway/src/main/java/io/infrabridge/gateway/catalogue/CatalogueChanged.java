package io.infrabridge.gateway.catalogue;

import java.util.Collection;
import java.util.List;

/** Says what tools there are from now on. */
public record CatalogueChanged(Collection<Tool> tools) {
    public CatalogueChanged {
        tools = List.copyOf(tools);
    }
}
