/**
 * IPFS as bytes and files, without a network: content ids and what they hash, the UnixFS form of a small file, and a
 * node's own block store on disk, read-only. Everything here takes hostile input: a malformed id, block or directory is
 * an answer, never an exception, and costs no more memory than its own size.
 */
package io.tokensync.ipfs;
