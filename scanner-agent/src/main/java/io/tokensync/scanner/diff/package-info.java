/**
 * What changed in a database since it was last published: the node's rows and the agent's own state of them, both in key
 * order, read side by side in constant memory. Here a stored row also becomes the row that SQL will hold.
 */
package io.tokensync.scanner.diff;
