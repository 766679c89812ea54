package io.tokensync.common.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which build this is.
 *
 * @param version of the project
 * @param revision of its sources; {@code unknown} when the build was not told
 * @param date of its sources, as every build of them has it; {@code unknown} when the build was not told
 */
public record BuildInfo(String version, String revision, String date) {
    /** As the build has written it down. */
    public static BuildInfo current() {
        Properties written = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
            written.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(written.getProperty("version"), written.getProperty("revision"),
                written.getProperty("date", "unknown"));
    }
}
