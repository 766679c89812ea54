package io.tokensync.tds;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test that asks for a {@link SqlServerEndpoint} one of its own, and closes it after the test. The parameters of
 * a test and of its {@code @BeforeEach} and {@code @AfterEach} methods are the same endpoint.
 */
public final class SqlServerExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace OWN = ExtensionContext.Namespace.create(SqlServerExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == SqlServerEndpoint.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        // The store closes what it holds when the test is over.
        return test.getStore(OWN).computeIfAbsent(SqlServerEndpoint.class, _ -> SqlServerEndpoint.start(),
                SqlServerEndpoint.class);
    }
}
