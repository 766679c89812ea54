/** The figures of the codebook: how long it takes to build, how large it is, how fast it answers. */
package io.tokensync.bench.codebook;
