// An MCP client made with the official SDK.
//   node mcp.mjs http|sse URL tools
//   node mcp.mjs http|sse URL call TOOL ARGUMENTS_AS_JSON
// The bearer token is read from INFRABRIDGE_KEY, a trace to continue from TRACEPARENT. Prints the answer as JSON.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [transportName, url, request, tool, toolArguments] = process.argv.slice(2);

const headers = { Authorization: `Bearer ${process.env.INFRABRIDGE_KEY}` };
if (process.env.TRACEPARENT) {
  headers.traceparent = process.env.TRACEPARENT;
}
const Transport = { http: StreamableHTTPClientTransport, sse: SSEClientTransport }[transportName];
const client = new Client({ name: 'infrabridge-system-test', version: '1.0.0' });

async function allTools() {
  const tools = [];
  let cursor;
  do {
    const page = await client.listTools({ cursor });
    tools.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor);
  return tools;
}

async function answer() {
  switch (request) {
    case 'tools':
      return { server: client.getServerVersion(), tools: await allTools() };
    case 'call':
      // Where the tool has an output schema, the SDK validates the structured content by it; it must know the tool.
      await allTools();
      return client.callTool({ name: tool, arguments: JSON.parse(toolArguments) });
    default:
      throw new Error(`unknown request: ${request}`);
  }
}

try {
  await client.connect(new Transport(new URL(url), { requestInit: { headers } }));
  process.stdout.write(`${JSON.stringify(await answer())}\n`);
  await client.close();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exit(1);
}
