/** What goes wrong, when and for how long: the same for the same seed. */
package io.tokensync.chaos.schedule;
