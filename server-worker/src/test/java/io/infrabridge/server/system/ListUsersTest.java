package io.infrabridge.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import org.junit.jupiter.api.Test;

final class ListUsersTest {
    private final Output passwd = Captured.output("getent-passwd");
    private final Output group = Captured.output("getent-group");

    @Test
    void listsThePeopleOfARealHost() {
        JsonNode users = of("").seen(passwd, group);
        assertThat(users.path("users").findValuesAsText("user_name"))
                .contains("infra", "keeper", "locked")
                .doesNotContain("root");
        assertThat(Json.parse(users.path("users").toString())).contains(Json.parse("""
                        {"user_name":"infra","uid":1000,"gid":1000,"home":"/home/infra","shell":"/bin/bash",
                         "groups":["infra"],"can_log_in":true}"""));
        assertThat(users.path("total").asInt()).isEqualTo(users.path("users").size());
        assertThat(users.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void listsTheSystemsOwnOnRequest() {
        JsonNode users = of(",'include_system':true").seen(passwd, group).path("users");
        assertThat(Json.parse(users.toString())).contains(Json.parse("""
                        {"user_name":"root","uid":0,"gid":0,"home":"/root","shell":"/bin/bash","groups":["root"],
                         "can_log_in":true}"""));
        assertThat(users.findValuesAsText("user_name")).contains("daemon");
        assertThat(users.get(1).path("can_log_in").asBoolean()).isFalse();
    }

    @Test
    void namesTheGroupsOfAMember() {
        JsonNode user =
                of("").seen(Captured.output("getent-passwd-practice"), Captured.output("getent-group-practice"));
        assertThat(user.at("/users/0/groups").toString()).isEqualTo("[\"practice\",\"adm\",\"users\"]");
    }

    @Test
    void doesNotUnderstandGarbage() {
        assertThatThrownBy(() -> of("").seen(Output.of("garbage"), group)).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> of("").seen(passwd, Output.of("a:b:c:d"))).isInstanceOf(UnexpectedOutput.class);
    }

    private static Rehearsal<?, ?> of(String more) {
        return new Rehearsal<>(new ListUsers(), "{'operation':'system','action':'list_users'" + more + "}");
    }
}
