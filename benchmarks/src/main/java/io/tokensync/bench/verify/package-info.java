/** The figures of the verification: what it costs to say what a node holds, and to compare it with the table. */
package io.tokensync.bench.verify;
