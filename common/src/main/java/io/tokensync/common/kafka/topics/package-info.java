/** The topics of an installation: their names, how they should be, and reading one outside of any consumer group. */
package io.tokensync.common.kafka.topics;
