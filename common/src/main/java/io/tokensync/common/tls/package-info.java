/** TLS of our own servers and of those who ask them: certificates and keys from files, on the JDK's implementation. */
package io.tokensync.common.tls;
