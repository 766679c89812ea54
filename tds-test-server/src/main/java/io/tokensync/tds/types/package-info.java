/** TYPE_INFO and the values behind it (MS-TDS 2.2.5.2, 2.2.5.4 and 2.2.5.5): how a Java value looks on the wire. */
package io.tokensync.tds.types;
