/** What SQL must say about a simulation: the records of {@code truth.json}, its writer and its streaming reader. */
package io.tokensync.simulator.truth;
