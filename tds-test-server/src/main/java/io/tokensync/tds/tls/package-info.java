/** TLS as TDS has it: the handshake inside PRELOGIN packets, then a layer below the packets (MS-TDS 2.2.6.5 and 3.2). */
package io.tokensync.tds.tls;
