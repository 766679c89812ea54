/** The installation under test: brokers, stages, nodes and database. */
package io.tokensync.chaos.cluster;
