package io.tokensync.writer.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** A suite of the profile {@code containers}; where there is no Docker it is skipped, and says so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("containers")
@ExtendWith(NeedsDocker.Condition.class)
public @interface NeedsDocker {
    /** Whether Docker answers. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (DockerClientFactory.instance().isDockerAvailable()) {
                return ConditionEvaluationResult.enabled("Docker answers");
            }
            if (context.getTestMethod().isEmpty()) {
                System.err.println(
                        "SKIPPED " + context.getDisplayName() + ": Docker does not answer, so nothing of it was"
                                + " tried on a real SQL Server");
            }
            return ConditionEvaluationResult.disabled("Docker does not answer");
        }
    }
}
