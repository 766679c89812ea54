package io.tokensync.common.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Secret;
import io.tokensync.common.config.Settings;

/**
 * What a request shows in its header {@code Authorization}: a user with a password (Basic), or a token (Bearer). A server
 * that has both accepts either; who asks one shows the token when there is one.
 *
 * @param user goes with the password
 * @param password for browsers and people
 * @param token for programs
 */
public record Credentials(String user, Optional<Secret> password, Optional<Secret> token) {
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");
    private static final String STANDARD_USER = "tokensync";

    public Credentials {
        if (user.contains(":") || user.isBlank()) {
            throw new IllegalArgumentException("the user of a login must not be blank or have a colon");
        }
        if (password.isEmpty() && token.isEmpty()) {
            throw new IllegalArgumentException("a login needs a password or a token");
        }
        if (token.filter(secret -> !TOKEN.matcher(secret.reveal()).matches()).isPresent()) {
            throw new IllegalArgumentException("the token of a login must be one word of ASCII characters");
        }
    }

    /** The declarations of their keys below a prefix, with what they are for. */
    public static final class Keys {
        private final ConfigKey<String> user;
        private final ConfigKey<Secret> password;
        private final ConfigKey<Secret> token;

        /**
         * Declares them.
         *
         * @param section of the server, or of who asks
         * @param below the prefix of the section's keys; empty for none
         * @param of what they are for: {@code "Who asks for /status"}
         */
        public Keys(KeySection section, String below, String of) {
            user = section.add(ConfigKey.text("user", STANDARD_USER, of + "user of the password.").below(below));
            password = section.add(ConfigKey.secret("password", of + "password (Basic).").below(below));
            token = section.add(ConfigKey.secret("token", of + "token (Bearer).").below(below));
        }

        /** What is set; empty when neither password nor token is. */
        public Optional<Credentials> read(Settings settings) {
            String name = settings.get(user);
            Optional<Secret> secret = settings.find(password);
            Optional<Secret> bearer = settings.find(token);
            return secret.isEmpty() && bearer.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Credentials(name, secret, bearer));
        }
    }

    /** Whether a header shows them; takes the same time for every wrong one. */
    public boolean accept(String authorization) {
        boolean basic = password.isPresent() && isScheme(BASIC, authorization)
                && same(pair(), decoded(authorization.substring(BASIC.length())));
        boolean bearer = token.isPresent() && isScheme(BEARER, authorization)
                && same(bytes(token.get().reveal()), bytes(authorization.substring(BEARER.length()).strip()));
        return basic || bearer;
    }

    /** The header of who asks. */
    public String authorization() {
        return token.map(secret -> BEARER + secret.reveal())
                .orElseGet(() -> BASIC + Base64.getEncoder().encodeToString(pair()));
    }

    /** What a server says to who has not shown them: a browser asks its user then, unless only a token would do. */
    String challenge() {
        return password.isPresent() ? "Basic realm=\"tokensync\", charset=\"UTF-8\"" : "Bearer realm=\"tokensync\"";
    }

    private byte[] pair() {
        return bytes(user + ":" + password.orElseThrow().reveal());
    }

    private static boolean isScheme(String scheme, String authorization) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    /** By their hashes, so that not even a length shows in the time that it takes. */
    private static boolean same(byte[] expected, byte[] shown) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return MessageDigest.isEqual(sha.digest(expected), sha.digest(shown));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
