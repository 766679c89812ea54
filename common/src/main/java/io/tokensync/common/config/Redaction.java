package io.tokensync.common.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Takes credentials out of texts that are shown and may hold some, such as addresses with a password inside. */
public final class Redaction {
    private static final Pattern SECRET_KEY = Pattern
            .compile(".*(password|passwd|pwd|secret|jaas|credential|token|private|\\.key$|-key$).*");
    private static final Pattern NAMED = Pattern
            .compile("(?i)\\b(password|passwd|pwd|secret|accesstoken|access_token|token|sig|key)\\s*=\\s*"
                    + "(\\{(?:[^}]|}})*}|\"[^\"]*\"|'[^']*'|[^;&\\s]*)");
    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*@");

    private Redaction() {}

    /** Whether a scan cycle-through key, such as {@code sasl.jaas.config}, names a secret. */
    static boolean isSecretKey(String key) {
        return SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).matches();
    }

    /** The text with the values of passwords and the like masked. */
    public static String of(String text) {
        String named = NAMED.matcher(text).replaceAll("$1=" + Secret.MASK);
        return USER_INFO.matcher(named).replaceAll("://" + Secret.MASK + "@");
    }
}
