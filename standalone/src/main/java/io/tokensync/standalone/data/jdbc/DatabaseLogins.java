package io.tokensync.standalone.data.jdbc;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Properties;

import io.tokensync.common.config.Secret;
import io.tokensync.standalone.data.DataDirectoryException;
import io.tokensync.standalone.data.PrivateFiles;

/** The passwords of the embedded database's users: random, in a file beside it that its owner alone may read. */
final class DatabaseLogins {
    private static final String FILE = "logins.properties";
    private static final int RANDOM_BYTES = 32;

    private final Properties passwords;

    private DatabaseLogins(Properties passwords) {
        this.passwords = passwords;
    }

    /** A user of the database. */
    enum User {
        /** Makes the tables and the other users, and copies the database. Owns it. */
        SA,
        /** Writes rows, and may do nothing else. */
        WRITER,
        /** Reads rows. */
        READER
    }

    /** Those of this directory; made when it has none. */
    static DatabaseLogins in(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                PrivateFiles.write(file, random());
            }
            Properties passwords = new Properties();
            passwords.load(new StringReader(PrivateFiles.read(file)));
            return new DatabaseLogins(passwords);
        } catch (IOException e) {
            throw new DataDirectoryException("cannot read or write " + file + " (" + e
                    + "); only the user that made the database may use it");
        }
    }

    Secret password(User user) {
        return Secret.of(passwords.getProperty(key(user), ""));
    }

    private static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (User user : User.values()) {
            byte[] bytes = new byte[RANDOM_BYTES];
            random.nextBytes(bytes);
            text.append(key(user)).append('=').append(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                    .append('\n');
        }
        return text.toString();
    }

    private static String key(User user) {
        return user.name().toLowerCase(Locale.ROOT);
    }
}
