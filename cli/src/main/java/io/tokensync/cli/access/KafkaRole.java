package io.tokensync.cli.access;

import java.util.Locale;

/** Who gets rights in Kafka. */
public enum KafkaRole {
    SCANNER,
    ENRICHER,
    WRITER,
    MONITOR,
    /** Whoever runs the commands {@code topics}, {@code check}, {@code status}, {@code dlq}, {@code replay} and {@code refetch}. */
    OPERATOR;

    /** As it is typed. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The user that it is unless the command says otherwise. */
    String principal() {
        return "User:tokensync-" + option();
    }
}
