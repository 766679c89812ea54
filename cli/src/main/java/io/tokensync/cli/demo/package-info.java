/** The demonstration: sample nodes, the whole pipeline over them, and the proof that the table is the truth. */
package io.tokensync.cli.demo;
