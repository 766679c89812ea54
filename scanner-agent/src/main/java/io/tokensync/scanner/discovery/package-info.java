/**
 * Finds the databases of the nodes on this machine. Looks at names and attributes only: no file is opened, and the
 * directories of keys and of IPFS repositories are not entered.
 */
package io.tokensync.scanner.discovery;
