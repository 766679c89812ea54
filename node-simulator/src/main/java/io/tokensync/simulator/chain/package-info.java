/**
 * The transactions of Rubix v1 and the keys that sign them: ids are real hashes, signatures real ones of secp256k1, and DIDs
 * the content ids of their public keys. Everything follows from the seed.
 */
package io.tokensync.simulator.chain;
