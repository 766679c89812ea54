/** The tokens of the simulation as pure values: what stands in their IPFS files, and the ids that follow from it. */
package io.tokensync.simulator.content;
