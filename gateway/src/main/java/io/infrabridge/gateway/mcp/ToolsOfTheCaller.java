package io.infrabridge.gateway.mcp;

import io.infrabridge.gateway.catalogue.Catalogue;
import io.infrabridge.gateway.policy.CallerPolicy;
import io.infrabridge.gateway.security.Caller;
import io.quarkiverse.mcp.server.FilterContext;
import io.quarkiverse.mcp.server.McpMethod;
import io.quarkiverse.mcp.server.ToolFilter;
import io.quarkiverse.mcp.server.ToolManager;
import jakarta.inject.Singleton;

/**
 * Lists for a caller only the tools of which he may do something. For display alone: the extension shows everything where a
 * filter fails, and each call is decided on its own.
 */
@Singleton
public final class ToolsOfTheCaller implements ToolFilter {
    private final Catalogue catalogue;
    private final CallerPolicy policy;
    private final McpCaller callers;

    ToolsOfTheCaller(Catalogue catalogue, CallerPolicy policy, McpCaller callers) {
        this.catalogue = catalogue;
        this.policy = policy;
        this.callers = callers;
    }

    @Override
    public boolean test(ToolManager.ToolInfo tool, FilterContext context) {
        if (context.method() != McpMethod.TOOLS_LIST) {
            // a call is refused where its refusal is put on record
            return true;
        }
        Caller caller = callers.caller();
        return catalogue
                .tool(tool.name())
                .map(known -> known.actions().stream().anyMatch(action -> policy.offers(caller, action)))
                .orElse(true);
    }
}
