/** Ways to a server that can be cut, silenced and slowed down. */
package io.tokensync.chaos.net;
