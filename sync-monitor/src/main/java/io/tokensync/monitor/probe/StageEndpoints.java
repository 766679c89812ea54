package io.tokensync.monitor.probe;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.common.http.Credentials;

/**
 * Where the admin endpoints of the stages are, and what they are shown.
 *
 * @param addresses base addresses by stage: {@code http://writer:9405}
 * @param login what each of them is shown; empty for nothing
 * @param authorities PEM file with those that have signed the certificates; empty for those that the JDK believes
 */
public record StageEndpoints(Map<String, List<URI>> addresses, Optional<Credentials> login,
        Optional<Path> authorities) {
    public static final KeySection KEYS = KeySection.of("monitor.stages");

    private static final List<String> STAGES = List.of("scanner", "enricher", "writer");
    private static final List<ConfigKey<List<URI>>> ADDRESSES = STAGES.stream().map(StageEndpoints::addresses).toList();
    private static final Credentials.Keys LOGIN = new Credentials.Keys(KEYS, "",
            "What the monitor shows these endpoints: ");
    private static final ConfigKey<Path> AUTHORITIES = KEYS.add(ConfigKey.optionalPath("ca-file",
            "PEM file with the authorities of the certificates of https endpoints; without it those that Java believes."));

    public StageEndpoints {
        addresses = Map.copyOf(addresses);
    }

    /** Without a login. */
    public static StageEndpoints of(Map<String, List<URI>> addresses) {
        return new StageEndpoints(addresses, Optional.empty(), Optional.empty());
    }

    /** From {@code monitor.stages.*}. */
    public static StageEndpoints from(Settings settings) {
        Map<String, List<URI>> addresses = new LinkedHashMap<>();
        for (int i = 0; i < STAGES.size(); i++) {
            addresses.put(STAGES.get(i), settings.get(ADDRESSES.get(i)));
        }
        return new StageEndpoints(addresses, LOGIN.read(settings), settings.find(AUTHORITIES));
    }

    private static ConfigKey<List<URI>> addresses(String stage) {
        return KEYS.add(ConfigKey.uris(stage, "Admin endpoints of the " + stage + "s, such as http://" + stage
                + ":9404: what they wait for shows on the page. A host name stands for all of its addresses."));
    }
}
