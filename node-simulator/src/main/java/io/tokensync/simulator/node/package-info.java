/**
 * What stands on a machine, as pure values: which node is where and with which schema, which token it holds, the rows of
 * its tables, what is wrong with them on purpose, and what SQL must say in the end.
 */
package io.tokensync.simulator.node;
