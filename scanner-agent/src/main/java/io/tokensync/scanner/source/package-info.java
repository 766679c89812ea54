/** What is read of a node's database, whatever holds it: its token tables, their rows as they are stored, and its problems. */
package io.tokensync.scanner.source;
