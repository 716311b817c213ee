package io.infrabridge.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The four rules that keep the rooms of the house apart; every module checks itself against them. */
public final class ArchitectureRules {
    private static final String OPERATION = "io.infrabridge.runtime.operation.Operation";

    private static final List<ArchRule> RULES = List.of(
            noClasses()
                    .that()
                    .resideInAPackage("..runtime.operation..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..runtime.execution..", "..runtime.worker..")
                    .because("operations are pure; execution interprets them"),
            slices().matching("io.infrabridge.(**)").should().beFreeOfCycles(),
            classes()
                    .that()
                    .areAssignableTo(OPERATION)
                    .and()
                    .areNotInterfaces()
                    .should()
                    .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                    .andShould()
                    .onlyDependOnClassesThat()
                    .resideOutsideOfPackages(
                            "java.io..",
                            "java.nio.file..",
                            "java.net..",
                            "java.net.http..",
                            "org.apache.kafka..",
                            "org.apache.sshd..",
                            "io.fabric8.kubernetes.client..",
                            "..runtime.execution..",
                            "..runtime.worker.."),
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..runtime.execution.local..", "io.infrabridge.local..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(ProcessBuilder.class)
                    .because("process starts belong in execution.local"),
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..runtime.execution.ssh..", "..testkit..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.sshd..")
                    .because("the SSH library belongs in execution.ssh"),
            fields().should().notBeAnnotatedWith("jakarta.inject.Inject").because("collaborators come by constructor"));

    private ArchitectureRules() {}

    /** Checks the main classes below this package. */
    public static void check(String rootPackage) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(rootPackage);
        if (classes.isEmpty()) {
            throw new AssertionError("no classes below " + rootPackage);
        }
        RULES.forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }
}
