/** The catalogue as MCP tools, on an endpoint for everything and one for reading. */
@NullMarked
package io.infrabridge.gateway.mcp;

import org.jspecify.annotations.NullMarked;
