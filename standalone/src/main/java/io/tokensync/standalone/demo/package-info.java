/** The proof of the demonstration: what the table, the dead letters and the problems must be, after the truth of the nodes. */
package io.tokensync.standalone.demo;
