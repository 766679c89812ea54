/**
 * The chaos suite: brokers, agents, enrichers, writers and monitors as processes on simulated nodes that keep changing,
 * a seeded schedule of faults, and at the end the question whether the table is the truth.
 * {@link io.tokensync.chaos.ChaosRun} is the way in.
 */
package io.tokensync.chaos;
