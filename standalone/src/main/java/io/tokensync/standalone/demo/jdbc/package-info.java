/** Whether the table is what the truth says, row by row. */
package io.tokensync.standalone.demo.jdbc;
