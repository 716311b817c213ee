package io.infrabridge.audit.rest;

import com.fasterxml.jackson.databind.util.RawValue;
import io.infrabridge.audit.evidence.Evidence;
import io.infrabridge.audit.evidence.Selection;
import io.infrabridge.audit.trail.AuditConfig;
import io.infrabridge.verifier.ExportLine;
import io.infrabridge.verifier.Verdict;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Proves the trail, here or wherever its export is taken to. */
@Path("/api/v1/audit")
public class EvidenceResource {
    private static final String PARAMETERS =
            "Query parameters: chain, from and to (record numbers, inclusive). Without them the whole trail.";
    private static final Set<String> KNOWN = Set.of("chain", "from", "to");

    private final Evidence evidence;
    private final Availability availability;
    private final Semaphore readers;

    EvidenceResource(Evidence evidence, Availability availability, AuditConfig config) {
        this.evidence = evidence;
        this.availability = availability;
        this.readers = new Semaphore(config.readersAtOnce());
    }

    @GET
    @Path("verify")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Verify hash chains and checkpoints", description = PARAMETERS)
    public Uni<Verdict> verify(@Context UriInfo uri) {
        Selection selection = selection(uri);
        enter();
        return availability
                .unhurried(evidence.verify(selection))
                .onTermination()
                .invoke(readers::release);
    }

    /** Every item is a page of lines; the end of the last one is added when it is sent. */
    @GET
    @Path("export")
    @Produces("application/x-ndjson")
    @Operation(summary = "Export records and checkpoints, to be verified elsewhere", description = PARAMETERS)
    public Multi<RawValue> export(@Context UriInfo uri) {
        Selection selection = selection(uri);
        enter();
        return availability
                .unhurried(evidence.export(selection))
                .map(page -> page.stream()
                        .map(ExportLine::text)
                        .collect(Collectors.collectingAndThen(Collectors.joining("\n"), RawValue::new)))
                .onTermination()
                .invoke(readers::release);
    }

    private void enter() {
        if (!readers.tryAcquire()) {
            throw Refused.busy();
        }
    }

    private static Selection selection(UriInfo uri) {
        Parameters parameters = new Parameters(uri.getQueryParameters(), KNOWN);
        return new Selection(parameters.text("chain"), parameters.number("from"), parameters.number("to"));
    }
}
