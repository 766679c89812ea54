/** The operator's commands on the state of an agent, which may run or not: how it stands, and what is really gone. */
package io.tokensync.scanner.operate;
