/**
 * Configuration of a process: one strict YAML file, environment variables over it, secrets from files. {@code Settings}
 * hands out typed values and gathers every mistake, so that a misconfigured process says all that is wrong at once and
 * exits before it has touched anything. Units are part of the text ({@code 30s}, {@code 8MiB}); nothing is silently
 * corrected.
 */
package io.tokensync.common.config;
