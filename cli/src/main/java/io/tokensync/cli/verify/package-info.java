/** {@code verify}: asks agents to prove the table against their nodes, or compares it with a copy of a node's database. */
package io.tokensync.cli.verify;
