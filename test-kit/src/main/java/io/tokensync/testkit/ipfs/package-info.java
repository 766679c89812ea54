/**
 * An IPFS node for tests that speaks just enough of Kubo's HTTP API and does what it is told per id: answers, errors,
 * silence, half answers, lies. It knows nothing of ids and blocks: a test tells it which bytes to send.
 */
package io.tokensync.testkit.ipfs;
