package io.tokensync.simulator.truth;

/**
 * A machine, which one agent would watch.
 *
 * @param name its directory
 * @param sourceIp the {@code source_ip} that its agent is to be configured with
 * @param root directory below the simulation's, with slashes; where its agent starts to look
 */
public record TruthMachine(String name, String sourceIp, String root) {}
