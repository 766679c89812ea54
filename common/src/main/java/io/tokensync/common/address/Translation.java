package io.tokensync.common.address;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.tokensync.common.address.ConnectionString.Pair;
import io.tokensync.common.address.Keywords.Meaning;

/** From a connection string to the driver's properties: every keyword is mapped, remarked on or rejected. */
final class Translation {
    private static final Map<String, String> FLAGS = Map.of("true", "true", "yes", "true", "1", "true", "enabled",
            "true",
            "false", "false", "no", "false", "0", "false", "disabled", "false");
    private static final Map<String, String> ENCRYPTIONS = Map.of("true", "true", "yes", "true", "mandatory", "true",
            "false", "false", "no", "false", "optional", "false", "strict", "strict");
    private static final Map<String, String> LOGINS = Map.of("sqlpassword", "SqlPassword", "activedirectorypassword",
            "ActiveDirectoryPassword", "activedirectoryintegrated", "ActiveDirectoryIntegrated",
            "activedirectorymanagedidentity", "ActiveDirectoryManagedIdentity", "activedirectorymsi",
            "ActiveDirectoryManagedIdentity", "activedirectoryserviceprincipal", "ActiveDirectoryServicePrincipal",
            "activedirectorydefault", "ActiveDirectoryDefault", "activedirectoryworkloadidentity",
            // the driver has no name of its own for it; its default chain finds it by the pod's environment
            "ActiveDirectoryDefault");
    private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern PLACEHOLDER = Pattern
            .compile("(?i)[<{\\[]*your[_ -]?(user|password|server|database|login|host).*");

    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> before = new ArrayList<>();
    private String base;

    DatabaseAddress of(List<Pair> pairs) {
        pairs.forEach(this::add);
        if (base == null) {
            throw new IllegalArgumentException("the connection string names no server (Server=host,port)");
        }
        JdbcUrl url = JdbcUrl.parse(base);
        properties.forEach(url::setDefault);
        return new DatabaseAddress(url, remarks);
    }

    private void add(Pair pair) {
        // Never the keyword as it stands there: behind a password that should have been quoted it is a piece of it.
        Meaning meaning = Keywords.find(pair.keyword())
                .orElseThrow(() -> new IllegalArgumentException("the connection string has an unknown keyword"
                        + Keywords.place(before)
                        + "; a value with a semicolon or a quote belongs in quotes or braces"));
        before.add(pair.keyword());
        if (!seen.add(target(meaning))) {
            throw new IllegalArgumentException("the connection string has " + meaning.name()
                    + " twice, perhaps by another of its names; leave one");
        }
        if (PLACEHOLDER.matcher(pair.value()).matches()) {
            throw new IllegalArgumentException("the connection string still has the placeholder of its template as "
                    + meaning.name() + "; fill it in");
        }
        apply(meaning, pair.value());
    }

    private void apply(Meaning meaning, String value) {
        switch (meaning.treatment()) {
            case SERVER -> {
                ServerName server = ServerName.parse(value);
                base = server.baseUrl();
                server.instance().ifPresent(name -> properties.put("instanceName", name));
            }
            case TEXT -> set(meaning, value);
            case FLAG -> set(meaning, oneOf(FLAGS, meaning, value));
            case ENCRYPTION -> set(meaning, oneOf(ENCRYPTIONS, meaning, value));
            case AUTHENTICATION -> set(meaning, oneOf(LOGINS, meaning, value.replaceAll("\\s", "")));
            case NUMBER -> set(meaning, number(meaning, value));
            case INTEGRATED -> integrated(meaning, value);
            case IGNORED -> {
            }
            case REMARK -> remarks.add(meaning.name() + " has no effect: " + meaning.detail());
            case OFF_ONLY -> {
                if (oneOf(FLAGS, meaning, value).equals("true")) {
                    throw rejected(meaning);
                }
            }
            case REJECTED -> throw rejected(meaning);
        }
    }

    private void set(Meaning meaning, String value) {
        if (!value.isEmpty()) {
            properties.put(meaning.detail(), value);
        }
    }

    private void integrated(Meaning meaning, String value) {
        String on = value.equalsIgnoreCase("sspi") ? "true" : oneOf(FLAGS, meaning, value);
        if (on.equals("true")) {
            properties.put("integratedSecurity", on);
            properties.put("authenticationScheme", "JavaKerberos");
            remarks.add(meaning.name() + " logs in by Kerberos, with the ticket of the user that runs this program");
        }
    }

    private static String target(Meaning meaning) {
        return switch (meaning.treatment()) {
            case TEXT, FLAG, NUMBER, ENCRYPTION, AUTHENTICATION -> meaning.detail();
            default -> meaning.name();
        };
    }

    private static String oneOf(Map<String, String> allowed, Meaning meaning, String value) {
        String known = allowed.get(value.toLowerCase(Locale.ROOT));
        if (known == null) {
            throw new IllegalArgumentException("the connection string's " + meaning.name() + " must be one of "
                    + String.join(", ", allowed.keySet().stream().sorted().toList()));
        }
        return known;
    }

    private static String number(Meaning meaning, String value) {
        if (!POSITIVE.matcher(value).matches()) {
            throw new IllegalArgumentException("the connection string's " + meaning.name()
                    + " must be a whole number above zero");
        }
        return value;
    }

    private static IllegalArgumentException rejected(Meaning meaning) {
        return new IllegalArgumentException("the connection string's " + meaning.name() + " is not supported: "
                + meaning.detail());
    }
}
