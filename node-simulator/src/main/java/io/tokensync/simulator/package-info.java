/**
 * Makes machines full of Rubix nodes from a {@link io.tokensync.simulator.SimulationPlan}, keeps changing them as nodes do
 * ({@link io.tokensync.simulator.Churn}), and writes down what SQL must say about them. The demo, the end-to-end tests
 * and the benchmarks run on such a directory; nothing here knows how the other modules read it.
 */
package io.tokensync.simulator;
