/** Packets and the bytes of a message cut into them (MS-TDS 2.2.3): what lies below every message and token. */
package io.tokensync.tds.wire;
