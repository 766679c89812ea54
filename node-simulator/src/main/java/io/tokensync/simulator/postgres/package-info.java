/**
 * Nodes of Rubix v1 and their PostgreSQL databases: what stands in them, and what SQL must make of it. Rows are drawn with
 * the seed of the simulation, as those of the SQLite nodes are.
 *
 * <p>What the truth takes for right, where the node's sources leave it open: the status is the raw code, whatever the schema
 * calls it; values are rounded to the 15 digits that a double holds, without trailing zeros but for one; a time outside of the
 * years that SQL holds is none, and marked. The content of a whole token of the main net follows from its id; that of an id
 * which is no CID cannot be had. Of a transaction all that it says counts, even when its id is not its hash, and nothing
 * when it is longer than a megabyte or says no transaction; a key that is cut off is none.
 */
package io.tokensync.simulator.postgres;
