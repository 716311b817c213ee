package io.infrabridge.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Needs the real hosts of {@code deploy/lab}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("lab")
@ExtendWith(RequiresLab.Check.class)
@interface RequiresLab {
    /** Skips the tests, and says so, where the lab is not up. */
    final class Check implements BeforeAllCallback, AfterAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            Assumptions.assumeTrue(
                    Lab.up(), () -> "the lab is not up: no " + Lab.inventoryFile() + "; start it with deploy/lab/up");
        }

        @Override
        public void afterAll(ExtensionContext context) {
            Matrix.OF_THIS_RUN.ended(context.getRequiredTestClass());
        }
    }
}
