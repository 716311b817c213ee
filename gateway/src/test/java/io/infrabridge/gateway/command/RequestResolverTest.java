package io.infrabridge.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.gateway.catalogue.Tool;
import io.infrabridge.gateway.fixture.Descriptors;
import io.infrabridge.gateway.policy.CallerPolicy;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.PropertyError;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.gateway.security.Caller;
import io.infrabridge.trust.ReloadReport;
import io.infrabridge.trust.Reloading;
import io.infrabridge.trust.inventory.Cluster;
import io.infrabridge.trust.inventory.Host;
import io.infrabridge.trust.inventory.Inventory;
import io.infrabridge.trust.policy.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RequestResolverTest {
    private static final Caller OPERATOR = new Caller("key:operator", Set.of("operator"));

    private final Map<String, Tool> tools = new HashMap<>(Map.of(
            "nfs_mount", tool("nfs", Descriptors.nfs()),
            "cluster_manage", tool("cluster", Descriptors.cluster()),
            "server_manage", tool("server", Descriptors.server())));
    private final RequestResolver resolver = resolver(cluster("blue", false), cluster("green", false));

    /** The empty text is refused by its schema, all others because they are not in the inventory. */
    @ParameterizedTest
    @FieldSource("io.infrabridge.testkit.hostile.TargetSpellings#NOT_LISTED")
    void knowsAHostByNoOtherSpelling(String spelling) {
        ObjectNode arguments = Json.object().put("operation", "health").put("remote_target", spelling);

        assertThat(refused("server_manage", arguments.toString()).category())
                .isIn(Category.UNKNOWN_TARGET, Category.INVALID_ARGUMENT);
    }

    @Test
    void findsTheActionOfNestedSelectors() {
        assertThat(resolved("server_manage", "{'operation':'package','action':'install','packages':['nginx']}")
                        .action()
                        .action())
                .isEqualTo("package.install");
    }

    @Test
    void takesTheDefaultWhereAnOptionalSelectorIsLeftOut() {
        assertThat(resolved("server_manage", "{'operation':'health'}").action().action())
                .isEqualTo("health.check");
    }

    @Test
    void namesTheMissingSelectorAndItsValues() {
        Refusal refusal = refused("server_manage", "{'operation':'package'}");

        assertThat(refusal.category()).isEqualTo(Category.MISSING_PROPERTY);
        assertThat(refusal.errors().get(0).property()).isEqualTo("/action");
        assertThat(refusal.hint()).contains("install");
    }

    @Test
    void saysOfNoToolThatThereIsNoneBeforeItHasHeardOfAny() {
        tools.clear();
        Refusal refusal = refused("nfs_mount", "{'action':'list'}");

        assertThat(refusal.category()).isEqualTo(Category.WORKER_UNAVAILABLE);
        assertThat(refusal.hint()).contains("Nothing was published");
    }

    @Test
    void suggestsTheNearestActionAsAnExample() {
        Refusal refusal = refused("nfs_mount", "{'action':'mounted'}");

        assertThat(refusal.category()).isEqualTo(Category.UNKNOWN_ACTION);
        assertThat(refusal.errors().get(0).example()).contains(Json.tree("mount"));
    }

    @Test
    void suggestsTheNearestNameForAnUnknownProperty() {
        Refusal refusal = refused("nfs_mount", "{'action':'mount','source':'nas:/x','target':'/m','optoins':['rw']}");

        assertThat(refusal.category()).isEqualTo(Category.UNKNOWN_PROPERTY);
        PropertyError error = refusal.errors().get(0);
        assertThat(error.property()).isEqualTo("/optoins");
        assertThat(error.message()).contains("did you mean options?");
        assertThat(error.expected().orElseThrow()).contains("source, target");
    }

    @Test
    void saysWhichOtherActionKnowsAProperty() {
        assertThat(refused("nfs_mount", "{'action':'list','source':'nas:/x'}").message())
                .contains("though mount knows it");
    }

    @Test
    void pointsIntoArraysAndGivesAnExample() {
        Refusal refusal = refused("nfs_mount", "{'action':'mount','source':'nas:/x','target':'/m','options':['rw',7]}");

        assertThat(refusal.category()).isEqualTo(Category.INVALID_ARGUMENT);
        PropertyError error = refusal.errors().get(0);
        assertThat(error.property()).isEqualTo("/options/1");
        assertThat(error.expected()).contains("string");
        assertThat(error.example()).isPresent();
    }

    @Test
    void namesEveryWrongPropertyAtOnce() {
        Refusal refusal = refused("nfs_mount", "{'action':'mount','version':'5'}");

        assertThat(refusal.errors())
                .extracting(PropertyError::property)
                .containsExactlyInAnyOrder("/source", "/target", "/version");
        assertThat(refusal.errors())
                .filteredOn(error -> error.property().equals("/source"))
                .allSatisfy(error -> assertThat(error.example()).contains(Json.tree("nas:/export/data")));
    }

    @Test
    void resolvesAHostByItsAddressToItsName() {
        assertThat(resolved("nfs_mount", "{'action':'list','remote_target':'10.0.0.11'}")
                        .target())
                .isEqualTo("app-server-01");
        assertThat(resolved("nfs_mount", "{'action':'list'}").target()).isEqualTo("localhost");
    }

    @Test
    void takesTheOnlyOrTheDefaultClusterAndAsksWhereItIsNotClear() {
        String info = "{'cluster_type':'kubernetes','action':'info'}";

        assertThat(refusal(resolver.resolve(request("cluster_manage", info, false), OPERATOR))
                        .category())
                .isEqualTo(Category.AMBIGUOUS_TARGET);
        assertThat(passed(resolver(cluster("blue", false)).resolve(request("cluster_manage", info, false), OPERATOR))
                        .target())
                .isEqualTo("blue");
        assertThat(passed(resolver(cluster("blue", false), cluster("green", true))
                                .resolve(request("cluster_manage", info, false), OPERATOR))
                        .target())
                .isEqualTo("green");
        assertThat(refusal(resolver().resolve(request("cluster_manage", info, false), OPERATOR))
                        .category())
                .isEqualTo(Category.UNKNOWN_TARGET);
    }

    @Test
    void resolvesAClusterByItsRegisteredEndpointOnly() {
        String named = "{'cluster_type':'kubernetes','action':'info','remote_target':'https://%s.example.com'}";

        assertThat(resolved("cluster_manage", named.formatted("blue")).target()).isEqualTo("blue");
        assertThat(refused("cluster_manage", named.formatted("evil")).category())
                .isEqualTo(Category.UNKNOWN_TARGET);
    }

    @Test
    void refusesAClusterOfTheOtherType() {
        assertThat(refused("cluster_manage", "{'cluster_type':'docker_swarm','action':'info','remote_target':'blue'}")
                        .category())
                .isEqualTo(Category.UNKNOWN_TARGET);
    }

    @Test
    void refusesAChangeWhereNothingMayBeChanged() {
        OperationRequest request = request("nfs_mount", "{'action':'mount','source':'nas:/x','target':'/m'}", true);

        assertThat(refusal(resolver.resolve(request, OPERATOR)).category()).isEqualTo(Category.FORBIDDEN);
    }

    @Test
    void saysWhichRoleWouldDo() {
        OperationRequest request = request("nfs_mount", "{'action':'mount','source':'nas:/x','target':'/m'}", false);

        Refusal refusal = refusal(resolver.resolve(request, new Caller("key:r", Set.of("reader"))));

        assertThat(refusal.category()).isEqualTo(Category.FORBIDDEN);
        assertThat(refusal.hint()).contains("operator");
    }

    @Test
    void staysShortHoweverLongTheNonsenseIs() {
        assertThat(refused("x".repeat(100_000), "{}").message()).hasSizeLessThan(200);
        assertThat(refused("nfs_mount", "{'action':'" + "y".repeat(100_000) + "'}")
                        .message())
                .hasSizeLessThan(300);
    }

    private Resolved resolved(String tool, String arguments) {
        return passed(resolver.resolve(request(tool, arguments, false), OPERATOR));
    }

    private Refusal refused(String tool, String arguments) {
        return refusal(resolver.resolve(request(tool, arguments, false), OPERATOR));
    }

    private static Resolved passed(Outcome<Resolved> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        return ((Outcome.Passed<Resolved>) outcome).value();
    }

    private static Refusal refusal(Outcome<Resolved> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<Resolved>) outcome).refusal();
    }

    private static OperationRequest request(String tool, String arguments, boolean readOnly) {
        return new OperationRequest(
                tool,
                (ObjectNode) Json.parse(arguments.replace('\'', '"')),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                readOnly);
    }

    private RequestResolver resolver(Cluster... clusters) {
        Host host = new Host(
                "app-server-01",
                List.of("app-server-01.example.com", "10.0.0.11"),
                Optional.empty(),
                "infra",
                Path.of("key"),
                Path.of("known_hosts"),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        Inventory inventory = new Inventory(List.of(host), List.of(clusters));
        return new RequestResolver(
                name -> Optional.ofNullable(tools.get(name)),
                () -> List.copyOf(tools.keySet()),
                inventory,
                new CallerPolicy(
                        new Reloading<>(
                                Path.of("../config/policy.yaml"),
                                Policy::read,
                                new ReloadReport(new SimpleMeterRegistry())),
                        inventory,
                        Clock.systemUTC()));
    }

    private static Cluster cluster(String name, boolean isDefault) {
        return new Cluster(
                name,
                Cluster.Type.KUBERNETES,
                Optional.of(Path.of("kubeconfig")),
                Optional.empty(),
                Optional.empty(),
                List.of("https://" + name + ".example.com"),
                isDefault,
                Map.of());
    }

    private static Tool tool(String domain, List<OperationDescriptor> actions) {
        return new Tool(actions.get(0).tool(), Domain.of(domain), actions);
    }
}
