/** Everything in one process: the embedded broker, the stages and the embedded database, with their data in one directory. */
package io.tokensync.standalone.run;
