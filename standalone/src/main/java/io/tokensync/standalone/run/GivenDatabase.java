package io.tokensync.standalone.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a user gives of a database in place of the embedded one, or of another login for that of the file.
 *
 * @param address JDBC URL or connection string
 * @param user login name
 * @param password of the login
 * @param passwordFile where the password stands
 */
public record GivenDatabase(Optional<String> address, Optional<String> user, Optional<String> password,
        Optional<Path> passwordFile) {
    @Override
    public String toString() {
        return "GivenDatabase[" + user.orElse("no user") + "]"; // an address may hold a password
    }
}
