package io.tokensync.common.config;

/**
 * One line of {@code --check-config}.
 *
 * @param key dotted key
 * @param value value in use, masked when it is secret; empty when there is none
 * @param source {@code default}, {@code not set}, the line of the file, the variable, or the secret's file
 */
public record EffectiveSetting(String key, String value, String source) {}
