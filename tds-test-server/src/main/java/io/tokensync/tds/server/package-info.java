/** Listening, logging in and the loop of requests: the life of a connection from the accept to the close. */
package io.tokensync.tds.server;
