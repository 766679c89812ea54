/** What must not change unnoticed, as files: what users and other releases hold in their hands. */
package io.tokensync.testkit.golden;
