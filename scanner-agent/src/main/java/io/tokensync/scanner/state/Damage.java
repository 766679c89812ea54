package io.tokensync.scanner.state;

import java.nio.file.Path;

/**
 * What was damaged of the state of one database.
 *
 * @param pieces how many parts of it: each about 64 published rows, or the deletions of a batch that was being sent
 * @param file the state, whose table {@code damaged} keeps them as they were found
 */
public record Damage(int pieces, Path file) {}
