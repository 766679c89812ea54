package io.tokensync.cli.about;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The libraries by which this program speaks with Kafka and databases, in the versions that are on the class path. */
public final class Libraries {
    private static final Map<String, String> FILES = files();

    private Libraries() {}

    /** By their names; {@code unknown} where a library does not say. */
    public static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        FILES.forEach((name, file) -> versions.put(name, version(file)));
        return versions;
    }

    private static String version(String file) {
        Properties properties = new Properties();
        try (InputStream in = Libraries.class.getClassLoader().getResourceAsStream(file)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("kafka-clients", "kafka/kafka-version.properties");
        files.put("sqlite-jdbc", "META-INF/maven/org.xerial/sqlite-jdbc/pom.properties");
        files.put("mssql-jdbc", "META-INF/maven/com.microsoft.sqlserver/mssql-jdbc/pom.properties");
        return files;
    }
}
