/** The IPFS repositories of the nodes, with the blocks where Kubo puts them. */
package io.tokensync.simulator.repository;
