/**
 * Properties instead of examples: {@link io.tokensync.testkit.property.Property#forAll} runs a check on many random
 * cases drawn from a {@link io.tokensync.testkit.property.Gen}, prints the seed of a failing one and looks for a smaller
 * case that fails too.
 */
package io.tokensync.testkit.property;
