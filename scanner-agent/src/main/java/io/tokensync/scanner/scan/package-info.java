/** Scan cycles: one after the other, each over all databases of the machine, each database by one table scan. */
package io.tokensync.scanner.scan;
