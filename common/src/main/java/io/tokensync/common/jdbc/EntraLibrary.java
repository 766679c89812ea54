package io.tokensync.common.jdbc;

import io.tokensync.common.address.JdbcUrl;

/** The library that the driver needs to log in by Entra ID; it is large, and not part of the distribution. */
final class EntraLibrary {
    private static final String ENTRA = "activedirectory";
    private static final String ENTRY_POINT = "com.azure.identity.DefaultAzureCredential";

    private EntraLibrary() {}

    /** @throws IllegalArgumentException when the address asks for Entra ID and the library is missing */
    static void requireFor(JdbcUrl url) {
        String login = url.find("authentication").orElse("");
        if (login.regionMatches(true, 0, ENTRA, 0, ENTRA.length()) && !isPresent()) {
            throw new IllegalArgumentException("the database address asks for a login by Entra ID, and the library"
                    + " azure-identity is missing, which is not part of the distribution; put it and what it needs into the"
                    + " directory ext beside the command: mvn -f deploy/entra/pom.xml dependency:copy-dependencies");
        }
    }

    private static boolean isPresent() {
        try {
            Class.forName(ENTRY_POINT, false, EntraLibrary.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }
}
