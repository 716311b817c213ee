package io.infrabridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class SharedServersTest {
    @Test
    void givesABrokerThatHasEveryTopicOfTheContract() throws Exception {
        Map<String, String> properties = new BrokerResource().start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", properties.get("kafka.bootstrap.servers")))) {
            Set<String> names = admin.listTopics().names().get();
            assertThat(names)
                    .containsAll(Topics.all(Topics.SHIPPED_DOMAINS).stream()
                            .map(Topics.Topic::name)
                            .toList());
        }
    }

    @Test
    void givesTheSameBrokerTwice() {
        assertThat(new BrokerResource().start()).isEqualTo(new BrokerResource().start());
    }

    @Test
    void givesADatabaseThatCanBeEmptied() throws Exception {
        Map<String, String> properties = new DatabaseResource().start();
        try (Connection connection = DriverManager.getConnection(
                        properties.get("quarkus.datasource.jdbc.url"),
                        properties.get("quarkus.datasource.username"),
                        properties.get("quarkus.datasource.password"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table again (id int)");
            TestDatabase.clear();
            assertThat(statement.execute("create table again (id int)")).isFalse();
        }
    }
}
