package io.infrabridge.audit;

import io.infrabridge.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsTheRulesOfTheHouse() {
        ArchitectureRules.check("io.infrabridge.audit");
    }
}
