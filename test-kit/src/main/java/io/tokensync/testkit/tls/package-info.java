/** Certificates for tests, made with the JDK's own tool. */
package io.tokensync.testkit.tls;
