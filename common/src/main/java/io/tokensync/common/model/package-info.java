/**
 * What the stages talk about: a token row of one node ({@link io.tokensync.common.model.TokenRecord}), and the law by
 * which records become the state of one SQL row ({@link io.tokensync.common.model.TokenState}). Pure values, no I/O.
 */
package io.tokensync.common.model;
