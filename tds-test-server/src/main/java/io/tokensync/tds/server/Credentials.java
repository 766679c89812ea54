package io.tokensync.tds.server;

import io.tokensync.tds.protocol.Login;

/** The one user of an endpoint. The password is not part of {@link #toString()}. */
public record Credentials(String user, String password) {
    boolean match(Login login) {
        return user.equalsIgnoreCase(login.user()) && password.equals(login.password());
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
