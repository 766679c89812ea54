/**
 * Configuration of a process: one strict YAML file, environment variables over it, secrets from files. {@code Settings}
 * hands out typed values and gathers every mistake, so that a misconfigured process says all that is wrong at once and
 * exits before it has touched anything. Units are part of the text ({@code 30s}, {@code 8MiB}); nothing is silently
 * corrected.
 *
 * <p>A key is declared once, as a constant of the record that reads it: {@code KEYS.add(ConfigKey.duration("wait", …))} in a
 * {@code KeySection} that the module's {@code DeclaredKeys} names. The rest follows from that, {@code docs/configuration.md}
 * too; {@code ConfigurationDocumentTest} says how it is written again.
 */
package io.tokensync.common.config;
